//! The id that ties together what all functions log of one webhook.

use webhook_infra::lambda::{Invocation, Request};

/// The header, in requests and in answers.
pub const HEADER: &str = "x-correlation-id";
/// The attribute of a message.
pub const ATTRIBUTE: &str = "correlationId";

const LONGEST: usize = 128;

/// The caller's id when it is one, else API Gateway's id of the request, else Lambda's.
pub fn id(request: &Request, invocation: &Invocation) -> String {
    request
        .header(HEADER)
        .filter(|id| is_well_formed(id))
        .or_else(|| Some(request.request_context.request_id.as_str()).filter(|id| !id.is_empty()))
        .unwrap_or(&invocation.request_id)
        .to_owned()
}

/// Letters, digits and `._:-`: nothing that could end a line, a header or a query of a log.
fn is_well_formed(id: &str) -> bool {
    (1..=LONGEST).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use proptest::prelude::*;

    use super::*;

    fn id_for(header: &str) -> String {
        let mut request = Request::default();
        request.request_context.request_id = "gateway".to_owned();
        request
            .multi_value_headers
            .insert("X-Correlation-ID".to_owned(), vec![header.to_owned()]);
        let invocation = Invocation {
            request_id: "lambda".to_owned(),
            deadline: SystemTime::now(),
        };
        id(&request, &invocation)
    }

    #[test]
    fn a_well_formed_id_is_taken_over() {
        assert_eq!(id_for("order-7:retry.2_A"), "order-7:retry.2_A");
        assert_eq!(id_for(&"x".repeat(128)), "x".repeat(128));
    }

    #[test]
    fn any_other_is_replaced() {
        for header in ["", "a b", "a\nb", "ü", "{\"a\":1}", &"x".repeat(129)] {
            assert_eq!(id_for(header), "gateway", "{header:?}");
        }
        let invocation = Invocation {
            request_id: "lambda".to_owned(),
            deadline: SystemTime::now(),
        };
        assert_eq!(id(&Request::default(), &invocation), "lambda");
    }

    proptest! {
        #[test]
        fn guarantee_07_no_header_makes_a_strange_id(header in any::<String>()) {
            prop_assert!(is_well_formed(&id_for(&header)));
        }
    }
}
