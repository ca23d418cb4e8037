"""Every operation of the query half through boto3, whose models check what comes back."""

import gzip
import signal
import tempfile
import threading
import unittest

import boto3
import botocore.exceptions
import botocore.loaders

from served import DAY, GROUP, Case, Served, finished, rows

ONE = 'fields level, message | filter requestId = "abc-123-def-456" | sort @timestamp asc'


class Queries(Case):
    def test_a_query_gives_rows_statistics_and_status(self):
        found = self.answer(ONE)
        self.assertEqual(found["status"], "Complete")
        self.assertEqual(found["queryLanguage"], "CWLI")
        self.assertEqual([it["message"] for it in rows(found)], ["Request started", "DynamoDB read completed", "Request completed"])
        self.assertTrue(all(row[-1]["field"] == "@ptr" for row in found["results"]))
        statistics = found["statistics"]
        self.assertEqual((statistics["recordsMatched"], statistics["resultCount"]), (3.0, 3.0))
        self.assertGreater(statistics["recordsScanned"], 3.0)
        self.assertGreater(statistics["bytesScanned"], 1000.0)

    def test_groups_by_identifiers_and_by_source(self):
        arns = [it["logGroupArn"] for it in self.logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]]
        text = "stats count(*) as n by @log | sort @log asc"
        by_arn = rows(self.answer(text, logGroupName=None, logGroupIdentifiers=arns))
        by_name = rows(self.answer(text, logGroupName=None, logGroupNames=[it.split("log-group:")[1] for it in arns]))
        by_source = rows(self.answer("source logGroups(namePrefix: ['/aws/lambda/']) | " + text, logGroupName=None))
        self.assertEqual(by_arn, by_name)
        self.assertEqual(by_arn, by_source)
        self.assertEqual(len(by_arn), 2)

    def test_pages(self):
        whole = self.answer("fields @timestamp | sort @timestamp desc | limit 25")
        read, token = [], {}
        while True:
            page = self.logs.get_query_results(queryId=whole["queryId"], maxItems=10, **token)
            read += page["results"]
            self.assertEqual(page["statistics"], whole["statistics"])
            if "nextToken" not in page:
                break
            token = {"nextToken": page["nextToken"]}
        self.assertEqual(read, whole["results"])
        self.refuses("InvalidParameterException", self.logs.get_query_results, queryId=whole["queryId"], nextToken="x")

    def test_a_malformed_query_says_where(self):
        response = self.refuses(
            "MalformedQueryException", self.logs.start_query,
            logGroupName=GROUP, startTime=DAY, endTime=DAY + 1, queryString="filter @message like /error/i",
        )
        location = response["queryCompileError"]["location"]
        self.assertEqual(location["startCharOffset"], 50 + len(GROUP) + 28)
        self.assertIn("unexpected symbol found i", response["Error"]["Message"])

    def test_errors_by_name(self):
        start = self.logs.start_query
        times = {"startTime": DAY, "endTime": DAY + 1}
        self.refuses("ResourceNotFoundException", start, logGroupName="nosuch", queryString="limit 1", **times)
        self.refuses("InvalidParameterException", start, queryString="limit 1", **times)
        self.refuses("InvalidParameterException", start, logGroupName=GROUP, queryString="SELECT 1", queryLanguage="SQL", **times)
        for call in (self.logs.get_query_results, self.logs.stop_query, self.logs.list_log_groups_for_query):
            self.refuses("ResourceNotFoundException", call, queryId="00000000-0000-0000-0000-000000000000")
        ended = self.answer("limit 1")["queryId"]
        self.refuses("InvalidParameterException", self.logs.stop_query, queryId=ended)

    def test_queries_are_listed(self):
        ids = {self.answer("limit 1")["queryId"] for _ in range(5)}
        pages = self.logs.get_paginator("describe_queries").paginate(PaginationConfig={"PageSize": 2})
        pages = [it["queries"] for it in pages]
        self.assertTrue(all(len(it) <= 2 for it in pages))
        listed = {it["queryId"]: it for page in pages for it in page}
        self.assertTrue(ids <= set(listed))
        told = listed[ids.pop()]
        self.assertEqual((told["status"], told["logGroupName"], told["queryString"]), ("Complete", GROUP, "limit 1"))
        self.assertEqual(self.logs.describe_queries(status="Running")["queries"], [])

    def test_log_groups_of_a_query(self):
        found = self.answer("source logGroups() | limit 1", logGroupName=None)
        pages = self.logs.get_paginator("list_log_groups_for_query").paginate(queryId=found["queryId"])
        listed = [it for page in pages for it in page["logGroupIdentifiers"]]
        self.assertEqual(len(listed), 3)
        self.assertIn(f"arn:aws:logs:eu-central-1:000000000000:log-group:{GROUP}", listed)

    def test_a_record_has_all_fields(self):
        for row in self.answer(ONE)["results"]:
            pointer = row[-1]["value"]
            record = self.logs.get_log_record(logRecordPointer=pointer)["logRecord"]
            self.assertEqual(record["@ptr"], pointer)
            self.assertEqual(record["requestId"], "abc-123-def-456")
            self.assertEqual(record["@log"], f"000000000000:{GROUP}")
            self.assertIn(record["message"], record["@message"])
        self.refuses("InvalidParameterException", self.logs.get_log_record, logRecordPointer="x")

    def test_fields_of_a_group(self):
        found = self.logs.get_log_group_fields(logGroupName=GROUP, time=DAY + 52200)["logGroupFields"]
        percents = {it["name"]: it["percent"] for it in found}
        self.assertEqual(percents["@message"], 100)
        self.assertTrue(0 < percents["dynamoDuration"] < 100)
        self.assertEqual(found, sorted(found, key=lambda it: -it["percent"]))
        self.assertEqual(self.logs.get_log_group_fields(logGroupName=GROUP, time=DAY)["logGroupFields"], [])
        self.refuses("ResourceNotFoundException", self.logs.get_log_fields, dataSourceName="a", dataSourceType="b")

    def test_log_groups_in_pages(self):
        pages = list(self.logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 1}))
        names = [it["logGroupName"] for page in pages for it in page["logGroups"]]
        self.assertEqual((len(pages), names), (3, sorted(names)))
        self.assertIn(GROUP, names)


class Bounds(Case):
    """The bounds of the service's model, which clients leave to the service when they are told to."""

    def odd(self, shape, shapes):
        """What is out of a shape's bounds."""
        least, most = shape.get("min"), shape.get("max")
        if shape["type"] == "string":
            yield from ["none of them"] if "enum" in shape else []
            yield from [""] if least else []
            yield from ["x" * (most + 1)] if most and most < 20_000 else []
        if shape["type"] in ("integer", "long"):
            yield from [least - 1] if least is not None else []
            yield from [most + 1] if most is not None else []
        if shape["type"] == "list":
            yield from [[]] if least else []
            item = "x" if shapes[shape["member"]["shape"]]["type"] == "string" else {}
            yield from [[item] * (most + 1)] if most else []

    def test_no_argument_out_of_its_bounds_is_answered(self):
        model = botocore.loaders.Loader().load_service_model("logs", "service-2")
        shapes, tried = model["shapes"], 0
        logs = self.served.client(parameter_validation=False, inject_host_prefix=False)
        arn = f"arn:aws:logs:eu-central-1:000000000000:log-group:{GROUP}"
        usual = {
            "logGroupName": GROUP, "logStreamName": "s", "queryId": "q", "resourceArn": arn, "from": 1, "to": 2,
            "startTime": 1, "endTime": 2, "queryString": "limit 1", "name": "n", "destination": "bucket",
        }
        # An id that is too long, or of a thing that is not there, is neither.
        refusals = ("InvalidParameterException", "ResourceNotFoundException")
        for operation, described in sorted(model["operations"].items()):
            shape = shapes[described["input"]["shape"]] if "input" in described else {"members": {}}
            required = {name: usual[name] for name in shape.get("required", []) if name in usual}
            for name, member in shape["members"].items():
                for value in self.odd(shapes[member["shape"]], shapes):
                    arguments = {**required, name: value}
                    if "logGroupName" in shape["members"] and name != "logGroupIdentifier":
                        arguments.setdefault("logGroupName", GROUP)
                    code = ""
                    try:
                        logs._make_api_call(operation, arguments)
                    except logs.exceptions.ClientError as error:
                        code = error.response["Error"]["Code"]
                    if code == "UnknownOperationException":
                        break
                    # Of types that are nested, the first that is wrong may be told.
                    self.assertIn(code, (*refusals, "SerializationException"), f"{operation} {name}={str(value)[:40]!r}")
                    tried += 1
        self.assertGreater(tried, 100)


class Kept(Case):
    def test_definitions(self):
        parameters = [{"name": "id", "defaultValue": '"abc-123-def-456"', "description": "of the request"}]
        text = "filter requestId = {{id}}"
        put = self.logs.put_query_definition
        made = put(name="folder/request", queryString=text, parameters=parameters, logGroupNames=[GROUP])["queryDefinitionId"]
        (told,) = self.logs.describe_query_definitions(queryDefinitionNamePrefix="folder/")["queryDefinitions"]
        self.assertEqual((told["queryDefinitionId"], told["queryString"], told["parameters"]), (made, text, parameters))
        put(name="folder/request", queryString="limit 1", queryDefinitionId=made)
        (told,) = self.logs.describe_query_definitions()["queryDefinitions"]
        self.assertEqual((told["queryString"], told.get("logGroupNames", [])), ("limit 1", []))
        self.assertTrue(self.logs.delete_query_definition(queryDefinitionId=made)["success"])
        self.refuses("ResourceNotFoundException", self.logs.delete_query_definition, queryDefinitionId=made)
        self.refuses("InvalidParameterException", put, name="n", queryString="x", parameters=parameters)

    def test_lookup_tables(self):
        arn = self.logs.create_lookup_table(lookupTableName="teams", tableBody="level,team\nERROR,red\n")["lookupTableArn"]
        text = 'filter level = "ERROR" | lookup teams level output team | stats count(*) by team'
        self.assertEqual(rows(self.answer(text))[0]["team"], "red")
        self.logs.update_lookup_table(lookupTableArn=arn, tableBody="level,team\nERROR,blue\n", description="who is asked")
        self.assertEqual(rows(self.answer(text))[0]["team"], "blue")
        got = self.logs.get_lookup_table(lookupTableArn=arn)
        self.assertEqual((got["tableBody"], got["description"]), ("level,team\nERROR,blue\n", "who is asked"))
        counted = self.answer("stats count(*) as n by level")["queryId"]
        self.logs.create_lookup_table(lookupTableName="counts", queryId=counted)
        told = {it["lookupTableName"]: it for it in self.logs.describe_lookup_tables()["lookupTables"]}
        self.assertEqual(told["counts"]["tableFields"], ["level", "n"])
        self.refuses("ResourceAlreadyExistsException", self.logs.create_lookup_table, lookupTableName="teams", tableBody="a\n")
        for name in told.values():
            self.logs.delete_lookup_table(lookupTableArn=name["lookupTableArn"])
        self.assertEqual(self.logs.describe_lookup_tables()["lookupTables"], [])
        self.refuses("ResourceNotFoundException", self.logs.get_lookup_table, lookupTableArn=arn)

    def test_what_was_acknowledged_survives_a_kill(self):
        with tempfile.TemporaryDirectory() as folder:
            server = Served("--store", folder)
            logs, acknowledged, stop = server.client(), set(), threading.Event()

            def write():
                while not stop.is_set():
                    try:
                        made = logs.put_query_definition(name="n", queryString="limit 1")
                    except botocore.exceptions.BotoCoreError:
                        return
                    acknowledged.add(made["queryDefinitionId"])
                    if len(acknowledged) == 50:
                        stop.set()

            writer = threading.Thread(target=write)
            writer.start()
            stop.wait(30)
            server.stop(signal.SIGKILL)
            writer.join()
            again = Served("--store", folder)
            self.addCleanup(again.stop)
            told = again.client().describe_query_definitions()["queryDefinitions"]
            self.assertGreaterEqual(len(acknowledged), 50)
            self.assertLessEqual(acknowledged, {it["queryDefinitionId"] for it in told})
            self.assertEqual(again.stop(), 0)


class Protocols(Case):
    def test_cbor(self):
        loader = botocore.loaders.Loader
        read = loader.load_service_model

        def in_cbor(self, service, kind, *rest, **named):
            model = read(self, service, kind, *rest, **named)
            if kind == "service-2" and service == "logs":
                metadata = {**model["metadata"], "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor"]}
                metadata["targetPrefix"] = "Logs_20140328"
                model = {**model, "metadata": metadata}
            return model

        loader.load_service_model = in_cbor
        try:
            logs = boto3.session.Session().client(
                "logs", endpoint_url=self.served.url, region_name="us-east-1",
                aws_access_key_id="a", aws_secret_access_key="b",
            )
        finally:
            loader.load_service_model = read
        self.assertEqual(logs.meta.service_model.protocol, "smithy-rpc-v2-cbor")
        found = self.answer(ONE, logs)
        self.assertEqual(found["results"], self.answer(ONE)["results"])
        self.assertEqual(found["statistics"]["recordsMatched"], 3.0)
        with self.assertRaises(logs.exceptions.MalformedQueryException):
            logs.start_query(logGroupName=GROUP, startTime=DAY, endTime=DAY, queryString="feilds")

    def test_what_grafana_asks_to_see_whether_it_is_connected(self):
        self.assertEqual(self.served.client("cloudwatch").list_metrics()["Metrics"], [])
        told = self.served.client("sts").get_caller_identity()
        self.assertEqual((told["Account"], told["UserId"]), ("000000000000", "groundwatch"))
        with self.assertRaises(botocore.exceptions.ClientError):
            self.served.client("cloudwatch").describe_alarms()

    def test_what_is_not_served_says_so(self):
        for call, arguments in (("describe_deliveries", {}), ("create_log_anomaly_detector", {"logGroupArnList": ["a"]})):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                getattr(self.logs, call)(**arguments)
            self.assertEqual(caught.exception.response["Error"]["Code"], "UnknownOperationException")


class Signed(Case):
    ARGUMENTS = ("--access-key", "right:s/ec+ret")

    def test_a_compressed_body_is_verified_as_it_is_sent(self):
        def compress(params, **_):
            params["body"] = gzip.compress(params["body"].encode() if isinstance(params["body"], str) else params["body"])
            params["headers"]["Content-Encoding"] = "gzip"

        logs = self.served.client(key="right", secret="s/ec+ret")
        logs.meta.events.register("before-call", compress)
        found = logs.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]
        self.assertEqual([it["logGroupName"] for it in found], [GROUP])

    def test_the_key_is_verified(self):
        good = self.served.client(key="right", secret="s/ec+ret")
        self.assertEqual(len(good.describe_log_groups()["logGroups"]), 3)
        self.assertEqual(self.served.client("cloudwatch", key="right", secret="s/ec+ret").list_metrics()["Metrics"], [])
        for key, secret, code in (
            ("right", "wrong", "InvalidSignatureException"),
            ("wrong", "s/ec+ret", "UnrecognizedClientException"),
        ):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                self.served.client(key=key, secret=secret).describe_log_groups()
            self.assertEqual(caught.exception.response["Error"]["Code"], code)


class Shifted(Case):
    ARGUMENTS = ("--shift-to-now",)

    def test_the_last_hour_has_events(self):
        import time

        now = int(time.time())
        found = self.answer("stats count(*) as n, max(@timestamp) as newest", startTime=now - 3600, endTime=now)
        self.assertGreater(int(rows(found)[0]["n"]), 0)
        self.assertIn(time.strftime("%Y-%m-", time.gmtime(now)), rows(found)[0]["newest"])
        self.assertGreater(len(self.logs.get_log_group_fields(logGroupName=GROUP)["logGroupFields"]), 5)


class Many(Case):
    def test_a_hundred_clients_at_once(self):
        faults, logs = [], self.served.client(max_pool_connections=100)

        def ask():
            try:
                started = logs.start_query(logGroupName=GROUP, startTime=DAY, endTime=DAY + 86399, queryString=ONE)
                if len(finished(logs, started["queryId"])["results"]) != 3:
                    faults.append("rows")
            except Exception as fault:
                faults.append(fault)

        threads = [threading.Thread(target=ask) for _ in range(100)]
        [it.start() for it in threads]
        [it.join() for it in threads]
        self.assertEqual(faults, [])

    def test_it_ends_when_it_is_told_to(self):
        for by in (signal.SIGTERM, signal.SIGINT):
            self.assertEqual(Served().stop(by), 0)


if __name__ == "__main__":
    unittest.main()
