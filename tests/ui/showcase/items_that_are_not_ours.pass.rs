use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use std::collections::BTreeMap;

    /// Plain Rust stays what it is.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Money {
        pub cents: i64,
        pub notes: BTreeMap<String, String>,
    }

    impl Money {
        pub fn is_debt(&self) -> bool {
            self.cents < 0
        }
    }

    #[derive(Clone, Copy)]
    #[allow(dead_code, reason = "a lint of rustc's")]
    pub enum Status {
        Paid,
        Open,
    }

    pub trait Payable {
        const DAYS: u32;
        fn pay(&mut self) {}
    }

    pub type Cents = i64;
    pub static ZERO: Cents = 0;

    macro_rules! double {
        ($e:expr) => {
            $e * 2
        };
    }

    pub const fn twice(n: u32) -> u32 {
        double!(n)
    }

    pub mod inner {
        pub struct Stack;
    }

    #[sns(encrypted)]
    #[derive(Debug)]
    pub struct Alerts;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
    let money = orders::Money { cents: -1, ..orders::Money::default() };
    assert!(money.is_debt());
    assert_eq!(orders::twice(2), 4);
    let _ = (orders::Status::Paid, orders::inner::Stack, orders::ZERO);
    assert_eq!(format!("{:?}", orders::Alerts), "Alerts");
}
