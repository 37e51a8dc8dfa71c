//! What carries numbers, for tests.

use crate::client::Carrier;

pub(super) struct Numbers;

impl Carrier for Numbers {
    type Message = u32;
    fn encode(message: &u32) -> Result<String, serde_json::Error> {
        serde_json::to_string(message)
    }
    fn decode(text: &str) -> Result<u32, serde_json::Error> {
        serde_json::from_str(text)
    }
}
