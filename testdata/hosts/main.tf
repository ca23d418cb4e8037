variable "least" {
  type    = number
  default = 500
}

locals {
  query = "feilds @timestamp | limit ten"
}

resource "aws_cloudwatch_query_definition" "heredoc" {
  name            = "in a heredoc"
  log_group_names = ["/aws/lambda/api"]
  query_string    = <<EOF
feilds @timestamp, @message # größer
  | filter status >= ${var.least} and stage = "${terraform.workspace}"
  | limit ten
EOF
}

resource "aws_cloudwatch_query_definition" "indented" {
  name         = "in an indented heredoc"
  query_string = trimspace(<<-EOF
    feilds @timestamp
      | filter @message like /$${x}/
      | limit ten
  EOF
  )
}

resource "aws_cloudwatch_query_definition" "quoted" {
  name         = "in quotes"
  query_string = "feilds \"@timestamp\" as t\n| filter a = '${var.stage}' and b = '\u00e9'\n| limit ten"
}

resource "aws_cloudwatch_query_definition" "joined" {
  name         = "joined"
  query_string = join("\n| ", ["feilds @timestamp", "sort @timestamp desc", "limit ten"])
}

resource "aws_cloudwatch_query_definition" "named" {
  name         = "by its name"
  query_string = local.query
}

resource "aws_cloudwatch_dashboard" "encoded" {
  dashboard_name = "encoded"
  dashboard_body = jsonencode({
    widgets = concat([
      {
        type = "log"
        properties = {
          title = "Errors"
          query = "SOURCE '${aws_cloudwatch_log_group.api.name}' | feilds @message | limit ten"
        }
      },
      ], [for name in var.names : {
        type       = "log"
        properties = { query = "SOURCE '${name}' | feilds @message | limit ten" }
    }])
  })
}

resource "aws_cloudwatch_dashboard" "text" {
  dashboard_name = "text"
  dashboard_body = <<-EOF
    {
      "widgets": [
        {
          "type": "log",
          "width": ${var.width},
          "properties": {
            "query": "SOURCE '${var.group}' | feilds @message\n| filter a = \"é\"\n| limit ten"
          }
        }
      ]
    }
  EOF
}

resource "aws_cloudwatch_query_definition" "conditional" {
  name         = "on both sides of a condition"
  query_string = var.stage == "prod" ? "feilds @timestamp" : "fields @timestamp | limit ten"
}

resource "aws_cloudwatch_query_definition" "conditional_part" {
  name         = "a condition in a part"
  query_string = join(" | ", ["feilds @timestamp", var.stage == "prod" ? "limit 10" : "limit ten"])
}

resource "aws_cloudwatch_dashboard" "conditional" {
  dashboard_name = "with a condition"
  dashboard_body = var.stage == "prod" ? jsonencode({
    widgets = concat(
      [{ type = "log", properties = { title = "always", query = "feilds message" } }],
      var.debug ? [{ type = "log", properties = { title = "debug", query = "fields message | limit ten" } }] : []
    )
  }) : null
}
