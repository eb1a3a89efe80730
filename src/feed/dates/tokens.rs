//! A date cut into numbers, words and marks.

/// A run of digits, of letters, or one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number { value: i64, digits: usize },
    Word(String),
    Mark(char),
}

pub(super) fn tokens(raw: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for character in raw.chars().flat_map(char::to_lowercase) {
        let digit = character.to_digit(10).or_else(|| wide_digit(character)).map(i64::from);
        match (digit, tokens.last_mut()) {
            (Some(digit), Some(Token::Number { value, digits })) if *digits < 17 => {
                *value = *value * 10 + digit;
                *digits += 1;
            }
            (Some(value), _) => tokens.push(Token::Number { value, digits: 1 }),
            (None, Some(Token::Word(word))) if character.is_alphabetic() => word.push(character),
            (None, _) if character.is_alphabetic() => {
                tokens.push(Token::Word(character.to_string()))
            }
            (None, _) => tokens.push(Token::Mark(character)),
        }
    }
    tokens
}

/// Full-width digits, as Japanese and Chinese sites write them.
fn wide_digit(character: char) -> Option<u32> {
    ('０'..='９').contains(&character).then(|| u32::from(character) - u32::from('０'))
}
