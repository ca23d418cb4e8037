"""The AWS command line, and the commands of the README as they stand there."""

import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import time
import unittest

from served import GROUP, GW, ROOT, Case, Served

# What `date -v-1H` says where `date` is GNU's: the README has the command of those who have BSD's.
DATE = """#!/bin/sh
if [ "$1" = -v-1H ] && ! /bin/date -v-1H >/dev/null 2>&1; then shift; exec /bin/date -d '1 hour ago' "$@"; fi
exec /bin/date "$@"
"""


def section_of_the_readme():
    """What the README says of serving."""
    text = (ROOT / "README.md").read_text()
    return text.split("### Served like the cloud's")[1].split("\n### ")[0].split("\n## ")[0]


class Shell(Case):
    """A shell that has been set up as the README says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.bin = pathlib.Path(folder.name)
        date = cls.bin / "date"
        date.write_text(DATE)
        date.chmod(date.stat().st_mode | stat.S_IXUSR)
        address = cls.served.url.removeprefix("http://")
        told = subprocess.run([GW, "serve", "--env", "--listen", address], capture_output=True, text=True, check=True)
        cls.environment = told.stdout

    def shell(self, script, check=True):
        """What it prints."""
        venv = pathlib.Path(sys.executable).parent
        path = os.pathsep.join([str(self.bin), str(venv), os.environ["PATH"]])
        ours = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment.update(PATH=path, AWS_PAGER="", AWS_MAX_ATTEMPTS="1", AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")
        ran = subprocess.run(["bash", "-c", self.environment + script], env=environment, capture_output=True, text=True)
        if check:
            self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran

    def aws(self, *arguments):
        """What `aws logs` prints, as JSON."""
        quoted = " ".join("'" + it.replace("'", "'\\''") + "'" for it in arguments)
        return json.loads(self.shell(f"aws logs {quoted} --output json").stdout or "{}")

    def finished(self, results):
        """What a command that asks for results prints once the query no longer runs."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = json.loads(self.shell(results).stdout)
            if found["status"] not in ("Scheduled", "Running"):
                return found
        raise TimeoutError(results)


class CommandLine(Shell):
    ARGUMENTS = ("--shift-to-now",)

    def test_the_commands_of_the_readme(self):
        section = section_of_the_readme()
        start, results, _ = re.findall(r"```sh\n(.*?)```", section, re.S)
        started = json.loads(self.shell(start).stdout)
        found = self.finished(results.replace("your-query-id-here", started["queryId"]))
        fields = {it["field"] for row in found["results"] for it in row}
        self.assertEqual([len(found["results"]), found["status"]], [3, "Complete"])
        self.assertIn("dynamoDuration", fields)

    def test_each_operation(self):
        groups = self.aws("describe-log-groups")["logGroups"]
        self.assertEqual(len(groups), 3)
        self.assertEqual(len(self.aws("describe-log-groups", "--page-size", "1", "--max-items", "2")["logGroups"]), 2)
        now = int(time.time())
        query = ("--start-time", str(now - 7200), "--end-time", str(now))
        started = self.aws("start-query", "--log-group-name", GROUP, *query, "--query-string", "fields level | limit 2")["queryId"]
        deadline = time.monotonic() + 60
        while (found := self.aws("get-query-results", "--query-id", started))["status"] != "Complete":
            self.assertLess(time.monotonic(), deadline)
        pointer = next(it["value"] for it in found["results"][0] if it["field"] == "@ptr")
        self.assertIn("@message", self.aws("get-log-record", "--log-record-pointer", pointer)["logRecord"])
        self.assertTrue(self.aws("get-log-group-fields", "--log-group-name", GROUP)["logGroupFields"])
        self.assertIn(started, [it["queryId"] for it in self.aws("describe-queries")["queries"]])
        self.assertEqual(len(self.aws("list-log-groups-for-query", "--query-id", started)["logGroupIdentifiers"]), 1)
        made = self.aws("put-query-definition", "--name", "n", "--query-string", "limit 1")["queryDefinitionId"]
        self.assertEqual(self.aws("describe-query-definitions")["queryDefinitions"][0]["queryDefinitionId"], made)
        self.assertTrue(self.aws("delete-query-definition", "--query-definition-id", made)["success"])
        arn = self.aws("create-lookup-table", "--lookup-table-name", "t", "--table-body", "a,b\n1,2")["lookupTableArn"]
        self.aws("update-lookup-table", "--lookup-table-arn", arn, "--table-body", "a,b\n3,4")
        self.assertEqual(self.aws("get-lookup-table", "--lookup-table-arn", arn)["tableBody"], "a,b\n3,4")
        self.assertEqual(self.aws("describe-lookup-tables")["lookupTables"][0]["recordsCount"], 1)
        self.aws("delete-lookup-table", "--lookup-table-arn", arn)

    def test_live_tail(self):
        arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{GROUP}"
        told = self.shell(f"timeout --signal INT 20 aws logs start-live-tail --log-group-identifiers {arn} | head -n 1")
        self.assertIn("INIT_START", told.stdout)
        # Whatever speaks for itself needs no more than what `--env` says.
        script = f"import boto3; told = boto3.client('logs').start_live_tail(logGroupIdentifiers=['{arn}'])"
        told = self.shell(f'python -c "{script}; print(next(iter(told[\'responseStream\'])))"')
        self.assertIn("sessionStart", told.stdout)

    def test_errors_are_told(self):
        start = f"aws logs start-query --log-group-name {GROUP} --start-time 1 --end-time 2 --query-string"
        ran = self.shell(f"{start} 'feilds @message'", check=False)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("(MalformedQueryException) when calling the StartQuery operation: unexpected symbol found feilds", ran.stderr)
        ran = self.shell("aws logs stop-query --query-id nosuch", check=False)
        self.assertIn("ResourceNotFoundException", ran.stderr)
        ran = self.shell("aws logs describe-deliveries", check=False)
        self.assertIn("UnknownOperationException", ran.stderr)


class Stored(Shell):
    """What the README says of a store, as it stands there."""

    FOLDER = tempfile.TemporaryDirectory()
    ARGUMENTS = ("--store", f"{FOLDER.name}/my-store")
    PATHS = ()

    def test_the_commands_of_the_readme(self):
        section = section_of_the_readme()
        self.assertIn("0 log groups at", section)
        script = re.findall(r"```sh\n(.*?)```", section, re.S)[-1]
        script, results = script.rsplit("aws logs get-query-results", 1)
        identifier = self.shell(script + 'echo "$id"').stdout.splitlines()[-1]
        found = self.finished(f"id={identifier}; aws logs get-query-results" + results)
        cells = [[it["field"], it["value"]] for row in found["results"] for it in row]
        self.assertEqual([found["status"], cells], ["Complete", [["@logStream", "one"], ["count(*)", "1"]]])


class Arguments(unittest.TestCase):
    def test_other_machines_may_call_only_if_that_is_meant(self):
        for arguments, says in (
            (("--listen", "0.0.0.0:0"), "--expose"),
            (("--listen", "0.0.0.0:0", "--expose"), "--access-key"),
            (("--access-key", "nokey"), "ID:SECRET"),
            (("--listen", "nowhere"), "--listen"),
        ):
            ran = subprocess.run([GW, "serve", *arguments, str(ROOT / "testdata/logs/demo")], capture_output=True, text=True)
            self.assertEqual(ran.returncode, 2, ran.stderr)
            self.assertIn(says, ran.stderr)
        with self.assertRaises(RuntimeError):
            Served(paths=("no/such/folder",))

    def test_a_place_that_is_taken_is_said(self):
        first = Served()
        self.addCleanup(first.stop)
        address = first.url.removeprefix("http://")
        ran = subprocess.run([GW, "serve", "--listen", address, str(ROOT / "testdata/logs/demo")], capture_output=True, text=True)
        self.assertEqual(ran.returncode, 1)
        self.assertIn(f"{address} cannot be listened at", ran.stderr)


if __name__ == "__main__":
    unittest.main()
