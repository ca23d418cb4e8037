variable "stage" {
  type    = string
  default = "prod"
}

resource "aws_cloudwatch_query_definition" "orders_by_customer" {
  name            = "shop/orders-by-customer"
  log_group_names = ["/aws/lambda/shop-orders"]
  query_string    = <<-EOF
    filter stage = "${var.stage}"
    | stats count(*) as orders, sum(total) as turnover by customer
    | sort turnover desc
    | limit 10
  EOF
}

resource "aws_cloudwatch_dashboard" "shop" {
  dashboard_name = "shop"
  dashboard_body = jsonencode({
    widgets = [{
      type = "log"
      properties = {
        title  = "Slow orders"
        region = "eu-central-1"
        query  = "source '/aws/lambda/shop-orders' | fields @timestamp, orderId, latency | filter latency > 1000 | limit 50"
      }
    }]
  })
}
