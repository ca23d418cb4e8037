//! The tree: what a query says, and where.

use crate::command::{
    Accum, AddTotals, AppendCols, Autoregress, CidrLookup, CountFrequent, Dedup, Diff, Expand, Fields, FillMissing,
    Filldown, Filter, Join, Json, Limit, LogCompare, Lookup, Outlier, Parse, Pattern, RelevantFields, Saved,
    Sessionize, Sort, Source, Stats, Tail, Unmask, Unnest,
};
use crate::span::Span;

/// A whole query: `fields … | filter … | stats …`
#[derive(Clone, PartialEq, Debug)]
pub struct Query {
    /// The commands between the pipes, in order.
    pub stages: Vec<Stage>,
}

/// One command of a pipeline, and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// What it says.
    pub command: Command,
    /// From its first letter to its last.
    pub span: Span,
}

/// A command; commands that are one another's second name (`where`, `head`) are one variant.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// `fields @timestamp, latency / 1000 as seconds`
    Fields(Fields),
    /// `display seconds, level`
    Display(Fields),
    /// `filter level = "ERROR"`, `where level = "ERROR"`
    Filter(Filter),
    /// `filterIndex transactionId = "tx-001"`
    FilterIndex(Filter),
    /// `parse @message "[*] *" as level, text`
    Parse(Parse),
    /// `json field=payload "user.name" as username`
    Json(Json),
    /// `unnest order.items into item`
    Unnest(Unnest),
    /// `expand items`
    Expand(Expand),
    /// `unmask card, mail`
    Unmask(Unmask),
    /// `lookup users id as userId output name, team`
    Lookup(Lookup),
    /// `cidrlookup networks srcAddr output owner`
    CidrLookup(CidrLookup),
    /// `$ErrorsOf(level = "WARN")`
    Saved(Saved),
    /// `join type=left left=a right=b where a.id = b.user (source 'b')`
    Join(Join),
    /// `appendcols max=100 (source 'b' | stats count(*) as n by level)`
    AppendCols(AppendCols),
    /// `stats count(*) as n by level`
    Stats(Stats),
    /// `countFrequent srcAddr, dstAddr`
    CountFrequent(CountFrequent),
    /// `addtotals fieldname=all col=true reads, writes`
    AddTotals(AddTotals),
    /// `accum bytes as so_far`
    Accum(Accum),
    /// `autoregress bytes as earlier p=1-4`
    Autoregress(Autoregress),
    /// `filldown host cpu*`
    Filldown(Filldown),
    /// `fillmissing with 0 for n`
    FillMissing(FillMissing),
    /// `sessionize userId, deviceId maxspan 1h as visit`
    Sessionize(Sessionize),
    /// `outlier action=remove param=3.0 cpu memory`
    Outlier(Outlier),
    /// `pattern @message`
    Pattern(Pattern),
    /// `anomaly`
    Anomaly,
    /// `diff previousWeek`
    Diff(Diff),
    /// `logcompare timeshift 7d`
    LogCompare(LogCompare),
    /// `relevantfields Controller, Path where Time > 400`
    RelevantFields(RelevantFields),
    /// `sort n desc, level`
    Sort(Sort),
    /// `limit 20`, `head 20`, `limit any 20`
    Limit(Limit),
    /// `tail 20`
    Tail(Tail),
    /// `dedup server, severity`
    Dedup(Dedup),
    /// `estimate`
    Estimate,
    /// `SOURCE '/aws/lambda/api'`
    Source(Source),
}

/// An item of a list: `latency / 1000 as seconds`. Without an alias, a column is called by its own text.
#[derive(Clone, PartialEq, Debug)]
pub struct Named {
    /// What is computed.
    pub expr: Expr,
    /// What it is called, where the query says so.
    pub alias: Option<Name>,
    /// The expression as typed, without comments, blanks at line ends made one: the column's name without an alias.
    pub text: String,
}

/// A name that a query gives: an alias, a field that `parse` makes.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// The name, without backticks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A field, or a part of one: `@message`, `request.headers.0`, `` `odd-name` ``, `items[0].id`
#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// At least one: the parts between the dots; a name in backticks is one part, dots and all.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

impl Path {
    /// The parts joined by dots: what the field is called where it was discovered flat.
    pub fn name(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(Part::to_string).collect();
        parts.join(".")
    }
}

/// One step of a path.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// `.name`
    Key(String),
    /// `[2]`
    Index(u32),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Part::Key(key) => f.write_str(key),
            Part::Index(index) => index.fmt(f),
        }
    }
}

/// Something that has a value.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands, without the parentheses around it.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// `@message`, `request.headers.0`
    Field(Path),
    /// `42`, `"text"`, `/regex/`, `5m`, `true`
    Literal(Literal),
    /// `["a", "b", 3]`: only behind `in`
    List(Vec<Expr>),
    /// `(source 'b' | fields id)`: only behind `in`
    Query(Query),
    /// `*`: only in `count(*)`
    Star,
    /// `strlen(x)`, `count(*)`; also `a + b` and `x like /y/`, by the operator's name
    Call {
        /// The function as typed, or the operator: `+ - * / % ^ = != < <= > >= and or not like in`, `negate` (the
        /// unary minus), `access` (`call(…).key`: of the call and the key or index as a literal); `==` is `=`, `=~` is
        /// `like`, `!` is `not`; `not like` and `not in` stand as they are. Operators have one or two arguments; a
        /// long row of `and` or `or` is a tree of few levels, whatever its parentheses.
        name: Name,
        /// Its arguments, in order.
        args: Vec<Expr>,
    },
}

/// A value written in the query.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// `42`, `0.75`, `1e6`: as typed, so that long ids keep their digits
    Number(String),
    /// `"text"`, `'text'`: escapes undone
    Text(String),
    /// `/regex/`: without the slashes, `\/` made `/`
    Regex(String),
    /// `5m`, `1hr`
    Duration(Duration),
    /// `true`, `false`
    Bool(bool),
}

/// A length of time as written: `5m` is 5 minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Duration {
    /// How many units.
    pub count: u64,
    /// Of which length.
    pub unit: Unit,
}

/// The units of a duration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// `ms msec millisecond`
    Millisecond,
    /// `s sec second`
    Second,
    /// `m min minute`
    Minute,
    /// `h hr hour`
    Hour,
    /// `d day`
    Day,
    /// `w week`
    Week,
    /// `mo mon month`
    Month,
    /// `q qtr quarter`
    Quarter,
    /// `y yr year`
    Year,
}
