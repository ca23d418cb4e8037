//! How calls are written: `substr(s, start [, length])`.

use crate::{Aggregate, Function, Need, Param, operator};

impl Function {
    /// The call with the names of its parameters, optional ones in brackets; hidden ones are left out.
    pub fn signature(&self) -> String {
        match self.params {
            [of, key] if self.name == operator::ACCESS.name => format!("{0}.{1}, {0}[{1}]", of.name, key.name),
            [a] if self.name == operator::NEGATE.name => format!("-{}", a.name),
            [a] if !self.is_listed() => format!("{} {}", self.name, a.name),
            [a, b] if !self.is_listed() => format!("{} {} {}", a.name, self.name, b.name),
            params => call(self.name, params),
        }
    }
}

impl Aggregate {
    /// The call with the names of its parameters, optional ones in brackets; hidden ones are left out.
    pub fn signature(&self) -> String {
        call(self.name, self.params)
    }
}

fn call(name: &str, params: &[Param]) -> String {
    let mut text = format!("{name}(");
    for (index, param) in params.iter().enumerate() {
        let comma = if index > 0 { ", " } else { "" };
        let repeats_no_more = !matches!(params.get(index + 1), Some(next) if next.need == Need::Repeated);
        match param.need {
            Need::Once => text += &format!("{comma}{}", param.name),
            Need::Repeated if repeats_no_more => text += &format!("{comma}{}, …", param.name),
            Need::Repeated => text += &format!("{comma}{}", param.name),
            Need::Optional if index > 0 => text += &format!(" [, {}]", param.name),
            Need::Optional => text += &format!("[{}]", param.name),
            Need::Hidden(_) => {}
        }
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use crate::{general, operator, stats, string};

    #[test]
    fn signatures_say_what_may_be_left_out() {
        assert_eq!(string::SUBSTR.signature(), "substr(s, start [, length])");
        assert_eq!(string::CONCAT.signature(), "concat(s, …)");
        assert_eq!(general::CASE.signature(), "case(condition, value, … [, default])");
        assert_eq!(stats::COUNT.signature(), "count([x])");
        assert_eq!(stats::LATEST.signature(), "latest(x)");
        assert_eq!(operator::ADD.signature(), "a + b");
        assert_eq!(operator::NOT.signature(), "not a");
        assert_eq!(operator::NEGATE.signature(), "-a");
        assert_eq!(operator::ACCESS.signature(), "of.key, of[key]");
    }
}
