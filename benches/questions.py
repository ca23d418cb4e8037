"""The questions of the comparison, in the language of each contender.

Each is written for a contender in the form that is fastest there: the cheap test on the whole line first, JSON read
once for all fields, files read as lines without any guessing.
"""

from pathlib import Path

# What a percentile may differ from ours: ClickHouse takes the next value at some ranks.
TOLERANCE = 0.03

SHAPES = {
    "export": "S3 export, plain",
    "event-lines": "JSON Lines of events",
    "export-gzip": "S3 export, gzip",
}


def asked():
    """The title and the query of each question: a line with its name and title, and the query behind it."""
    blocks = (Path(__file__).parent / "questions.insights").read_text().strip().split("\n\n")
    heads = (block.removeprefix("# ").split("\n", 1) for block in blocks)
    return {name: (title, query) for head, query in heads for name, title in [head.split(": ", 1)]}


ASKED = asked()


class Question:
    """A question, as Insights has it in `questions.insights`, and as SQL over `log(time, message)`.

    In the SQL, `{log:TEXT}` is the events whose raw line holds the text, `{log:}` all events, `{text:NAME}` and
    `{number:NAME}` a field of a JSON message (nothing in another message), `{bin:SECONDS}` the time's bin.
    """

    def __init__(self, name, sql, grep=None, jq=None, agrind=None):
        self.name, (self.title, self.query) = name, ASKED[name]
        self._sql, self._shell = sql, {"grep": grep, "jq": jq, "agrind": agrind}

    def sql(self, contender, shape, folder):
        return DIALECTS[contender](self._sql, shape, str(Path(folder).resolve()))

    def shell(self, contender, shape, folder):
        command = self._shell[contender]
        if command is None:
            return None
        packed = shape == "export-gzip"
        if contender == "grep":
            count = f"-exec zgrep -hc {command} {{}} +" if packed else f"-exec grep -hc {command} {{}} +"
            # Without a match grep says so with its exit code, and find passes that on.
            return f"find '{folder}' -type f -name '{'*.gz' if packed else '*0*'}' {count} || true"
        # To the others an export's line is no JSON.
        return f"find '{folder}' -type f -print0 | xargs -0 cat | {command}" if shape == "event-lines" else None


def replaced(sql, marks):
    """The text with each `{word:argument}` replaced."""
    out = ""
    while "{" in sql:
        before, rest = sql.split("{", 1)
        mark, sql = rest.split("}", 1)
        word, argument = mark.split(":", 1)
        out += before + marks[word](argument)
    return out + sql


def duckdb(sql, shape, folder):
    def log(text):
        # A line that does not begin with a time continues the event before: the databases cannot join them.
        if shape == "event-lines":
            where = f" WHERE contains(message, '{text}')" if text else ""
            read = (f"read_ndjson('{folder}/**/*.jsonl', columns = {{timestamp: 'BIGINT', message: 'VARCHAR'}}, "
                    "maximum_object_size = 16777216)")
            return f"(SELECT make_timestamp_ms(timestamp) AS time, message FROM {read}{where})"
        where = " WHERE starts_with(line, '20')" + (f" AND contains(line, '{text}')" if text else "")
        ending = "000000.gz" if shape == "export-gzip" else "00000*"
        read = (f"read_csv('{folder}/**/{ending}', columns = {{line: 'VARCHAR'}}, auto_detect = false, header = false, "
                "delim = '\\x01', quote = '', escape = '', strict_mode = false, max_line_size = 16777216)")
        return f"(SELECT line[1:23]::TIMESTAMP AS time, line[26:] AS message FROM {read}{where})"

    field = lambda name: f"CASE WHEN starts_with(message, '{{') THEN json_extract_string(message, '$.{name}') END"
    return replaced(sql, {
        "log": log,
        "text": field,
        "number": lambda name: f"TRY_CAST({field(name)} AS DOUBLE)",
        "bin": lambda seconds: f"time_bucket(INTERVAL '{seconds} seconds', time)",
        "match": lambda pattern: f"TRY_CAST(regexp_extract(message, '{pattern}', 1) AS DOUBLE)",
        "quantile": lambda it: f"quantile_disc({it.split()[0]}, {it.split()[1]})",
        "deviation": lambda name: f"stddev_samp({name})",
    })


def clickhouse(sql, shape, folder):
    def log(text):
        if shape == "event-lines":
            where = f" WHERE position(message, '{text}') > 0" if text else ""
            read = f"file('{folder}/**/*.jsonl', 'JSONEachRow', 'timestamp Int64, message String')"
            return f"(SELECT fromUnixTimestamp64Milli(timestamp, 'UTC') AS time, message FROM {read}{where})"
        where = " WHERE startsWith(line, '20')" + (f" AND position(line, '{text}') > 0" if text else "")
        ending = "000000.gz" if shape == "export-gzip" else "00000*"
        read = f"file('{folder}/**/{ending}', 'LineAsString', 'line String')"
        return ("(SELECT toDateTime64(replaceOne(substring(line, 1, 23), 'T', ' '), 3, 'UTC') AS time, "
                f"substring(line, 26) AS message FROM {read}{where})")

    return replaced(sql, {
        "log": log,
        "text": lambda name: f"JSONExtract(message, '{name}', 'Nullable(String)')",
        "number": lambda name: f"JSONExtract(message, '{name}', 'Nullable(Float64)')",
        "bin": lambda seconds: f"toStartOfInterval(time, INTERVAL {seconds} second)",
        "match": lambda pattern: f"toFloat64OrNull(extract(message, '{pattern}'))",
        "quantile": lambda it: f"quantileExactLow({it.split()[1]})({it.split()[0]})",
        "deviation": lambda name: f"stddevSamp({name})",
    })


DIALECTS = {"duckdb": duckdb, "clickhouse": clickhouse}

# The request of the lesson, which `gw demo` always tells of.
REQUEST = "abc-123-def-456"

QUESTIONS = [
    Question(
        "request",
        "SELECT time, {text:level}, {text:message}, {text:requestId}, {text:operation}, {number:dynamoDuration},"
        f" {{text:error}} FROM {{log:{REQUEST}}} log WHERE {{text:requestId}} = '{REQUEST}' ORDER BY time",
        grep=f"'{REQUEST}'", jq=f"grep -F '{REQUEST}' | jq -c '.message | fromjson? | select(.requestId == \"{REQUEST}\")'",
    ),
    Question(
        "slowest",
        "SELECT d FROM (SELECT time, {text:operation} AS operation, {number:dynamoDuration} AS d"
        " FROM {log:dynamoDuration} log) WHERE d > 0 ORDER BY d DESC LIMIT 20",
        jq="jq -c '.message | fromjson? | select(.dynamoDuration? > 0) | .dynamoDuration' | sort -rn | head -20",
        agrind="agrind '* | json | json from message | where dynamoDuration > 0 | sort by dynamoDuration desc | limit 20'",
    ),
    Question(
        "errors",
        "SELECT time FROM (SELECT time, {text:level} AS level, {text:requestId} AS id FROM {log:ERROR} log)"
        " WHERE level = 'ERROR' ORDER BY time DESC LIMIT 50",
    ),
    Question(
        "percentiles",
        "SELECT t, avg(d), {quantile:d 0.95}, {quantile:d 0.99} FROM (SELECT {bin:300} AS t, {number:dynamoDuration} AS d"
        " FROM {log:dynamoDuration} log) WHERE d > 0 GROUP BY t",
    ),
    Question(
        "levels",
        "SELECT level, operation, count(*) FROM (SELECT {text:level} AS level, {text:operation} AS operation FROM {log:} log)"
        " GROUP BY level, operation",
        agrind="agrind '* | json | json from message | count by level, operation'",
        jq="jq -r '.message | fromjson? | \"\\(.level?) \\(.operation?)\"' | sort | uniq -c",
    ),
    Question(
        "timeouts",
        "SELECT {bin:3600} AS t, count(*) FROM {log:Timeout} log GROUP BY t",
        grep="Timeout",
    ),
    Question(
        "reports",
        "SELECT t, max(d), {quantile:d 0.95} FROM (SELECT {bin:300} AS t, message, {match:Duration: ([0-9.]+) ms} AS d"
        " FROM {log:REPORT} log WHERE message LIKE 'REPORT%') GROUP BY t",
    ),
    Question(
        "wide",
        "SELECT count(*), sum(n), sum(a), sum(h) FROM (SELECT {bin:5} AS t, level, operation, count(*) AS n, sum(x) AS a,"
        " avg(x) AS b, min(x) AS c, max(x) AS d, {quantile:x 0.5} AS e, {quantile:x 0.95} AS f, {deviation:y} AS g,"
        " sum(y) AS h, max(y) AS i FROM (SELECT time, {text:level} AS level, {text:operation} AS operation,"
        " {number:dynamoDuration} AS x, {number:duration} AS y FROM {log:} log) GROUP BY t, level, operation)",
    ),
]
