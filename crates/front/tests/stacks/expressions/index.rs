//! Indices and `[*]`, also behind a call.
use webhook_infra::prelude::*;

#[stack(name = "indices")]
pub mod indices {
    use super::*;

    #[variable(default = "a,b,c")]
    pub struct Text;

    #[output(split(",", var.text)[0])]
    pub struct First;

    #[output({ "a" = [1, 2] }["a"][1])]
    pub struct OfMap;

    #[output((if var.text == "" { ["none"] } else { split(",", var.text) })[0])]
    pub struct OfCondition;

    #[output([{ "x" = 1 }, { "x" = 2 }][*].x)]
    pub struct OfList;
}
