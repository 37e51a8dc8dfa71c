//! What `#[stack]` writes for the functions' own code. Without a feature for an AWS service all of it is
//! empty, so that a build script compiles nothing of it.

/// A type that travels: with serde's traits where there is serde.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ({ $($with:tt)* } { $($without:tt)* }) => {
        #[derive($crate::__::serde::Serialize, $crate::__::serde::Deserialize)]
        #[serde(crate = "::webhook_infra::__::serde")]
        $($with)*
    };
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ({ $($with:tt)* } { $($without:tt)* }) => { $($without)* };
}

/// A queue, a topic or a stream: messages of its type go as JSON, texts as they are.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __carrier {
    ($carrier:ident, $message:ty) => {
        impl $crate::client::Carrier for $carrier {
            type Message = $message;
            fn encode(message: &$message) -> Result<String, $crate::__::serde_json::Error> {
                $crate::__::serde_json::to_string(message)
            }
            fn decode(text: &str) -> Result<$message, $crate::__::serde_json::Error> {
                $crate::__::serde_json::from_str(text)
            }
        }
    };
    ($carrier:ident) => {
        impl $crate::client::Carrier for $carrier {
            type Message = String;
            fn encode(message: &String) -> Result<String, $crate::__::serde_json::Error> {
                Ok(message.clone())
            }
            fn decode(text: &str) -> Result<String, $crate::__::serde_json::Error> {
                Ok(text.to_owned())
            }
        }
    };
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __carrier {
    ($($tokens:tt)*) => {};
}

/// A table, whose struct is its item.
#[cfg(any(feature = "dynamodb", feature = "lambda"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __table {
    ($table:ident, $hash:literal: $hash_type:ty) => {
        impl $crate::client::TableItem for $table {
            type Hash = $hash_type;
            type Range = ();
            const HASH: &'static str = $hash;
            const RANGE: &'static str = "";
        }
    };
    ($table:ident, $hash:literal: $hash_type:ty, $range:literal: $range_type:ty) => {
        impl $crate::client::TableItem for $table {
            type Hash = $hash_type;
            type Range = $range_type;
            const HASH: &'static str = $hash;
            const RANGE: &'static str = $range;
        }
    };
}

#[cfg(not(any(feature = "dynamodb", feature = "lambda")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __table {
    ($($tokens:tt)*) => {};
}

/// A function: `connect`, and what it is called with.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    ($function:ident, $timeout:expr, { $($field:ident: $place:ident $variable:literal as $type:ty),* }, [$($callers:tt)*]) => {
        impl $function {
            /// The clients for what this function may do, from the environment that the stack has set, with
            /// their connections open.
            ///
            /// # Errors
            ///
            /// When the environment is not that of the stack.
            pub async fn connect() -> Result<Self, $crate::client::ConnectError>
            where
                $(for<'a> $type: $crate::__::Client<'a>,)*
            {
                #[allow(unused_variables)]
                let sdk = $crate::__::Sdk::from_environment($timeout)?;
                let clients = Self {
                    $($field: <$type as $crate::__::Client<'_>>::connect(&sdk, $crate::__::Variable::$place($variable))?,)*
                };
                $crate::__::greet(&sdk, vec![
                    $(<$type as $crate::__::Client<'_>>::host(&sdk)),*
                ]).await;
                Ok(clients)
            }
        }
        $crate::__callers! { $function [$($callers)*] }
    };
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    ($($tokens:tt)*) => {};
}

/// What calls a function decides what it is called with. One that several kinds of callers call takes
/// their events as they are.
#[cfg(feature = "lambda")]
#[doc(hidden)]
#[macro_export]
macro_rules! __callers {
    ($function:ident [$($callers:tt)*]) => {
        impl $crate::lambda::Serve for $function {}
        $crate::__callers! { @handles $function [$($callers)*] }
    };
    (@handles $function:ident [queue $queue:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesMessages for $function {
            type Queue = $queue;
        }
    };
    (@handles $function:ident [stream $stream:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesRecords for $function {
            type Stream = $stream;
        }
    };
    (@handles $function:ident [table $table:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesChanges for $function {
            type Table = $table;
        }
    };
    (@handles $function:ident [topic $topic:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesNotifications for $function {
            type Topic = $topic;
        }
    };
    (@handles $function:ident [bucket $bucket:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesObjects for $function {}
    };
    (@handles $function:ident [rest_api $api:path]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesRequests for $function {}
    };
    (@handles $function:ident [$($caller:ident $path:path),*]) => {
        #[diagnostic::do_not_recommend]
        impl $crate::lambda::HandlesEvents for $function {}
    };
}

#[cfg(not(feature = "lambda"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __callers {
    ($($tokens:tt)*) => {};
}
