//! `for` inside `for`, and names that hide nothing outside.
use webhook_infra::prelude::*;

#[stack(name = "grid")]
pub mod grid {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Rows;

    #[variable(default = ["1", "2"])]
    pub struct Columns;

    #[output(flatten([for row in var.rows : [for column in var.columns : "${row}${column}"]]))]
    pub struct Cells;

    #[output([for row in var.rows : { "name" = row, "is_first" = row == var.rows[0] }])]
    pub struct Objects;
}
