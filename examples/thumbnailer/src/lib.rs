//! Images that arrive in a bucket become thumbnails in another.

pub mod stack;
