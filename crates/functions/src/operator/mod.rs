//! Operators: functions with a symbol or a word for a name.

mod comparison;

registry! {
    Function:
    add::ADD,
    subtract::SUBTRACT,
    multiply::MULTIPLY,
    divide::DIVIDE,
    remainder::REMAINDER,
    power::POWER,
    negate::NEGATE,
    equals::EQUALS,
    differs::DIFFERS,
    less::LESS,
    at_most::AT_MOST,
    greater::GREATER,
    at_least::AT_LEAST,
    and::AND,
    or::OR,
    not::NOT,
    like::LIKE,
    in_::IN,
    access::ACCESS,
}
