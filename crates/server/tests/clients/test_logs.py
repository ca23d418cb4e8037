"""The calls that write and read logs, through boto3 and the AWS command line."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

from served import Case, rows

FOLDER = tempfile.TemporaryDirectory()


def now():
    return int(time.time() * 1000)


class Written(Case):
    ARGUMENTS = ("--store", f"{FOLDER.name}/store", "--exports", f"{FOLDER.name}/exports")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Live tail is called at stream-HOST, which no address of this machine is; `gw serve --env` forbids it, too.
        cls.logs = cls.served.client(inject_host_prefix=False)

    def setUp(self):
        self.group = f"/clients/{uuid.uuid4()}"
        self.logs.create_log_group(logGroupName=self.group, tags={"suite": "clients"})

    def tearDown(self):
        self.logs.delete_log_group(logGroupName=self.group)

    def put(self, stream, events):
        return self.logs.put_log_events(
            logGroupName=self.group,
            logStreamName=stream,
            logEvents=[{"timestamp": time, "message": message} for time, message in events],
        )

    def stream(self, name):
        self.logs.create_log_stream(logGroupName=self.group, logStreamName=name)
        return name

    def test_what_is_written_is_queried(self):
        stream, start = self.stream("2026/01/01/[$LATEST]a"), now()
        self.put(stream, [(start, json.dumps({"level": "ERROR", "took": 12.5})), (start + 1, "plain text ä日本")])
        found = rows(
            self.answer(
                "fields @message, took | sort @timestamp",
                logGroupName=self.group,
                startTime=start // 1000 - 60,
                endTime=start // 1000 + 60,
            )
        )
        self.assertEqual(found[0]["took"], "12.5")
        self.assertEqual(found[1]["@message"], "plain text ä日本")

    def test_paginators(self):
        streams = [self.stream(f"s{number:02}") for number in range(7)]
        start, expected = now() - 10_000, []
        for number, stream in enumerate(streams):
            events = [(start + time, f"{stream} {time} {'ERROR' if time % 3 == 0 else 'fine'}") for time in range(40)]
            expected += events
            self.put(stream, events)
        pages = self.logs.get_paginator("filter_log_events").paginate(
            logGroupName=self.group, filterPattern="ERROR", PaginationConfig={"PageSize": 9}
        )
        found = [(event["timestamp"], event["message"]) for page in pages for event in page["events"]]
        self.assertEqual(sorted(found), sorted(it for it in expected if "ERROR" in it[1]))
        self.assertEqual([it[0] for it in found], sorted(it[0] for it in found))
        pages = self.logs.get_paginator("describe_log_streams").paginate(
            logGroupName=self.group, PaginationConfig={"PageSize": 3}
        )
        listed = [stream for page in pages for stream in page["logStreams"]]
        self.assertEqual([it["logStreamName"] for it in listed], streams)
        self.assertEqual(listed[0]["lastEventTimestamp"], start + 39)
        pages = self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/clients/")
        self.assertIn(self.group, [it["logGroupName"] for page in pages for it in page["logGroups"]])

    def test_tokens_lead_both_ways(self):
        stream, start = self.stream("s"), now()
        self.put(stream, [(start + number, str(number)) for number in range(25)])
        arguments = {"logGroupName": self.group, "logStreamName": stream, "limit": 10}
        token, found = None, []
        answer = self.logs.get_log_events(startFromHead=True, **arguments)
        while answer["nextForwardToken"] != token:
            found += [event["message"] for event in answer["events"]]
            token = answer["nextForwardToken"]
            answer = self.logs.get_log_events(nextToken=token, **arguments)
        self.assertEqual(found, [str(number) for number in range(25)])
        last = self.logs.get_log_events(**arguments)
        self.assertEqual([event["message"] for event in last["events"]], found[15:])
        before = self.logs.get_log_events(nextToken=last["nextBackwardToken"], **arguments)
        self.assertEqual([event["message"] for event in before["events"]], found[5:15])

    def test_errors_have_their_classes(self):
        errors = self.logs.exceptions
        with self.assertRaises(errors.ResourceAlreadyExistsException):
            self.logs.create_log_group(logGroupName=self.group)
        with self.assertRaises(errors.ResourceNotFoundException):
            self.put("none", [(now(), "m")])
        with self.assertRaises(errors.InvalidParameterException) as raised:
            self.logs.filter_log_events(logGroupName=self.group, filterPattern="{ $.a == 1 }")
        self.assertIn("there is no operator `==`", str(raised.exception))
        with self.assertRaises(errors.InvalidParameterException):
            self.put(self.stream("s"), [(2, "later"), (1, "earlier")])
        arguments = {"filterName": "f", "filterPattern": "", "destinationArn": "arn:aws:lambda:x"}
        self.refuses(
            "UnknownOperationException", self.logs.put_subscription_filter, logGroupName=self.group, **arguments
        )

    def test_retention_and_tags(self):
        self.logs.put_retention_policy(logGroupName=self.group, retentionInDays=7)
        described = self.logs.describe_log_groups(logGroupNamePrefix=self.group)["logGroups"][0]
        self.assertEqual(described["retentionInDays"], 7)
        stream, day = self.stream("s"), 86_400_000
        rejected = self.put(stream, [(now() - 8 * day, "expired"), (now() - 7 * day + 60_000, "kept")])
        self.assertEqual(rejected["rejectedLogEventsInfo"], {"expiredLogEventEndIndex": 1})
        self.logs.delete_retention_policy(logGroupName=self.group)
        arn = described["logGroupArn"]
        self.logs.tag_resource(resourceArn=arn, tags={"team": "blue"})
        self.assertEqual(self.logs.list_tags_for_resource(resourceArn=arn)["tags"], {"suite": "clients", "team": "blue"})
        self.logs.untag_resource(resourceArn=arn, tagKeys=["suite"])
        self.assertEqual(self.logs.list_tags_for_resource(resourceArn=arn)["tags"], {"team": "blue"})

    def test_exports(self):
        start = now()
        self.put(self.stream("a/b"), [(start, "exported")])
        task = self.logs.create_export_task(logGroupName=self.group, fromTime=start, to=start + 1, destination="my-bucket")
        while True:
            described = self.logs.describe_export_tasks(taskId=task["taskId"])["exportTasks"][0]
            if described["status"]["code"] in ("COMPLETED", "FAILED"):
                break
            time.sleep(0.01)
        self.assertEqual(described["status"]["code"], "COMPLETED")

    def test_live_tail(self):
        stream = self.stream("s")
        arn = self.logs.describe_log_groups(logGroupNamePrefix=self.group)["logGroups"][0]["logGroupArn"]
        events = iter(self.logs.start_live_tail(logGroupIdentifiers=[arn], logEventFilterPattern="?ERROR ?WARN")["responseStream"])
        self.assertEqual(next(events)["sessionStart"]["logGroupIdentifiers"], [arn])
        self.put(stream, [(now(), "ERROR one"), (now(), "fine"), (now(), "WARN two")])
        found = []
        while len(found) < 2:
            found += next(events)["sessionUpdate"]["sessionResults"]
        self.assertEqual([it["message"] for it in found], ["ERROR one", "WARN two"])
        self.assertEqual(found[0]["logStreamName"], stream)

    def aws(self, *arguments):
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": self.served.url,
            "AWS_ACCESS_KEY_ID": "groundwatch",
            "AWS_SECRET_ACCESS_KEY": "groundwatch",
            "AWS_DEFAULT_REGION": "eu-central-1",
        }
        aws = pathlib.Path(sys.executable).with_name("aws")
        done = subprocess.run([aws, "logs", *arguments], env=environment, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def test_the_command_line(self):
        start = now()
        self.aws("create-log-stream", "--log-group-name", self.group, "--log-stream-name", "s")
        self.aws(
            "put-log-events", "--log-group-name", self.group, "--log-stream-name", "s",
            "--log-events", f"timestamp={start},message=hello",
        )
        found = self.aws("filter-log-events", "--log-group-name", self.group, "--filter-pattern", "hello")
        self.assertEqual(found["events"][0]["message"], "hello")
        got = self.aws("get-log-events", "--log-group-name", self.group, "--log-stream-name", "s")
        self.assertEqual(got["events"][0]["timestamp"], start)
        self.aws("delete-log-stream", "--log-group-name", self.group, "--log-stream-name", "s")
        listed = self.aws("describe-log-streams", "--log-group-name", self.group)
        self.assertEqual(listed["logStreams"], [])


if __name__ == "__main__":
    unittest.main()
