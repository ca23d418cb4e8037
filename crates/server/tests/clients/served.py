"""A `gw serve` for the tests: started on a port of its own, ended as people end it."""

import os
import pathlib
import re
import signal
import subprocess
import time
import unittest

import boto3
from botocore.config import Config

ROOT = pathlib.Path(__file__).resolve().parents[4]
GW = os.environ.get("GW", "gw")
DEMO = ROOT / "testdata/logs/demo"
GROUP = "/aws/lambda/my-frontend-app-api"
# The archive's events are of the first of January 2026.
DAY = 1767225600
PATIENCE = 60


class Served:
    """A server, its address, and what it said."""

    def __init__(self, *arguments, paths=(DEMO,)):
        command = [GW, "serve", "--listen", "127.0.0.1:0", *map(str, arguments), *map(str, paths)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        first = self.process.stderr.readline()
        found = re.search(r"http://\S+", first)
        if not found:
            raise RuntimeError(first + self.process.communicate(timeout=PATIENCE)[1])
        self.url = found.group()
        self.said = []

    def client(self, service="logs", key="groundwatch", secret="groundwatch", **config):
        """A client of boto3 that calls this server."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name="eu-central-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(retries={"max_attempts": 1}, **config),
        )

    def stop(self, by=signal.SIGTERM):
        """Ends it; how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        _, said = self.process.communicate(timeout=PATIENCE)
        self.said = said.splitlines()
        return self.process.returncode


class Case(unittest.TestCase):
    """Tests that share one server over the demo archive."""

    ARGUMENTS = ()
    PATHS = (DEMO,)

    @classmethod
    def setUpClass(cls):
        cls.served = Served(*cls.ARGUMENTS, paths=cls.PATHS)
        cls.addClassCleanup(cls.served.stop)
        cls.logs = cls.served.client()

    def refuses(self, code, call, /, **arguments):
        """The error of a call that is refused with this code."""
        with self.assertRaises(getattr(self.logs.exceptions, code, self.logs.exceptions.ClientError)) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        return caught.exception.response

    def answer(self, text, logs=None, **arguments):
        """The answer to a query, waited for."""
        logs = logs or self.logs
        if "queryId" not in arguments:
            arguments = {"logGroupName": GROUP, "startTime": DAY, "endTime": DAY + 86399, **arguments}
        started = logs.start_query(queryString=text, **{k: v for k, v in arguments.items() if v is not None})
        return {**finished(logs, started["queryId"]), "queryId": started["queryId"]}


def finished(logs, query_id):
    """What a query gives once it no longer runs."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = logs.get_query_results(queryId=query_id)
        if found["status"] not in ("Scheduled", "Running"):
            return found
        time.sleep(0.01)
    raise TimeoutError(query_id)


def rows(found):
    """The rows of an answer as dictionaries, without pointers."""
    return [{it["field"]: it["value"] for it in row if it["field"] != "@ptr"} for row in found["results"]]
