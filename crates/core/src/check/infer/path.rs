//! References and the way behind them: attributes, indices and `[*]`, against schemas and types.

use super::shape::Problem;
use super::{Infer, MAX_LOCALS, Shape, in_words};
use crate::check::catalogue;
use crate::check::references::declared_type;
use crate::document::{BlockKind, Origin};
use crate::expression;
use crate::graph::Resource;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Reference, Step, Target, Value};

/// What a way starts from.
#[derive(Clone, Copy)]
enum Start<'v> {
    Block(Resource<'v>),
    Target(&'v Target),
    Value(&'v Value),
}

/// How far a walk has come, for messages.
pub(super) struct Way<'v> {
    start: Start<'v>,
    /// The steps so far, as they are written.
    written: String,
    origin: Origin,
}

impl<'v> Way<'v> {
    pub(super) fn of_value(value: &'v Value, origin: Origin) -> Self {
        Self::new(Start::Value(value), origin)
    }

    pub(super) fn of_target(target: &'v Target, origin: Origin) -> Self {
        Self::new(Start::Target(target), origin)
    }

    fn new(start: Start<'v>, origin: Origin) -> Self {
        Self {
            start,
            written: String::new(),
            origin,
        }
    }

    fn push(&mut self, step: &Step) {
        match step {
            Step::Attribute(name) => {
                self.written.push('.');
                self.written.push_str(name);
            }
            Step::Index(key) => {
                self.written
                    .push_str(&format!("[{}]", expression::render(key)));
            }
            Step::Splat => self.written.push_str("[*]"),
            Step::AttributeSplat => self.written.push_str(".*"),
        }
    }

    /// The name that an author uses for the start.
    fn short(&self) -> String {
        match self.start {
            Start::Block(block) => match block.owner() {
                Some(owner) if !block.is_helper() => owner.name.clone(),
                _ => block.block.address().to_string(),
            },
            Start::Target(target) => target.to_string(),
            Start::Value(value) => expression::render(value),
        }
    }

    /// Where the walk stands, for the subject of a sentence.
    fn shown(&self) -> String {
        match self.start {
            Start::Block(block) if self.written.is_empty() => block.describe(),
            Start::Block(block) if self.written.starts_with('.') => {
                format!("`{}` of {}", &self.written[1..], block.describe())
            }
            _ => format!("`{}{}`", self.short(), self.written),
        }
    }
}

impl Infer<'_, '_> {
    /// What is known of a reference.
    pub(in crate::check) fn reference(&mut self, reference: &Reference, origin: Origin) -> Shape {
        let graph = self.block().graph;
        match &reference.target {
            Target::Open(_) => self.unknown(&reference.path, origin),
            Target::Scoped(name) => {
                let (shape, used) = self.scoped(name, &reference.path, origin);
                let mut way = Way::of_target(&reference.target, origin);
                for step in &reference.path[..used] {
                    way.push(step);
                }
                self.walk(shape, &reference.path[used..], &mut way)
            }
            Target::Resource(..) | Target::Data(..) | Target::Ephemeral(..) => {
                let Some(target) = graph.target(&reference.target) else {
                    return self.unknown(&reference.path, origin);
                };
                let Some(schema) = target.schema() else {
                    return self.unknown(&reference.path, origin);
                };
                let one = Shape::Block(schema);
                let repeated = target.get("count").is_some() || target.get("for_each").is_some();
                // Which instance is meant, and whether there are any, is a check of its own.
                let picked = match reference.path.first() {
                    Some(Step::Attribute(_)) => repeated,
                    Some(Step::Index(_)) => !repeated,
                    _ => false,
                };
                if picked {
                    return self.unknown(&reference.path, origin);
                }
                let shape = if target.get("count").is_some() {
                    Shape::List(Box::new(one))
                } else if repeated {
                    Shape::Map(Box::new(one))
                } else {
                    one
                };
                let mut way = Way::new(Start::Block(target), origin);
                self.walk(shape, &reference.path, &mut way)
            }
            Target::Variable(_) | Target::Module(_) => {
                let Some(target) = graph.target(&reference.target) else {
                    return self.unknown(&reference.path, origin);
                };
                let Some(type_) = declared_type(target) else {
                    return self.unknown(&reference.path, origin);
                };
                let one = Shape::Type(type_);
                let shape = if target.block.kind == BlockKind::Variable {
                    one
                } else if target.get("count").is_some() {
                    Shape::List(Box::new(one))
                } else if target.get("for_each").is_some() {
                    Shape::Map(Box::new(one))
                } else {
                    one
                };
                let mut way = Way::new(Start::Block(target), origin);
                self.walk(shape, &reference.path, &mut way)
            }
            Target::Local(_) => {
                let shape = self.local(&reference.target);
                let mut way = Way::of_target(&reference.target, origin);
                self.walk(shape, &reference.path, &mut way)
            }
        }
    }

    /// What is known of a local: its value, seen from where it stands.
    fn local(&mut self, target: &Target) -> Shape {
        let found = self.block().graph.target(target);
        let Some((local, value)) = found.and_then(|local| Some((local, local.get("value")?)))
        else {
            return Shape::ANY;
        };
        if self.locals >= MAX_LOCALS || self.budget == 0 {
            return Shape::ANY;
        }
        let mut inner = Infer::silent(local, &[]);
        inner.locals = self.locals + 1;
        inner.budget = self.budget - 1;
        let shape = inner.value(value, Origin::UNKNOWN);
        self.budget = inner.budget;
        shape
    }

    /// A way of which nothing is known; what stands in its indices is looked at all the same.
    fn unknown(&mut self, steps: &[Step], origin: Origin) -> Shape {
        for step in steps {
            if let Step::Index(key) = step {
                self.value(key, origin);
            }
        }
        Shape::ANY
    }

    /// Goes the steps from a shape.
    pub(super) fn walk(&mut self, mut shape: Shape, steps: &[Step], way: &mut Way<'_>) -> Shape {
        for (place, step) in steps.iter().enumerate() {
            let rest = &steps[place + 1..];
            let next = match step {
                Step::Attribute(name) => shape.attribute(name),
                Step::Index(key) => {
                    self.value(key, way.origin);
                    shape.index(key)
                }
                Step::Splat => {
                    if let (Shape::Map(_), Some(Step::Attribute(name))) = (&shape, rest.first()) {
                        if self.splat_of_map(name, way) {
                            return self.unknown(rest, way.origin);
                        }
                    }
                    way.push(step);
                    let each = self.walk(shape.each(), rest, way);
                    return Shape::List(Box::new(each));
                }
                Step::AttributeSplat => {
                    way.push(step);
                    let attributes = rest
                        .iter()
                        .take_while(|step| matches!(step, Step::Attribute(_)))
                        .count();
                    let each = self.walk(shape.each(), &rest[..attributes], way);
                    let list = Shape::List(Box::new(each));
                    return self.walk(list, &rest[attributes..], way);
                }
            };
            match next {
                Ok(next) => shape = next,
                Err(problem) => {
                    self.problem(&problem, &shape, step, way);
                    return self.unknown(rest, way.origin);
                }
            }
            way.push(step);
        }
        shape
    }

    /// `[*]` takes the instances of `for_each` for one map, whose keys are no attributes.
    fn splat_of_map(&mut self, name: &str, way: &Way<'_>) -> bool {
        let Start::Block(block) = way.start else {
            return false;
        };
        if !way.written.is_empty() {
            return false;
        }
        let (shown, short) = (way.shown(), way.short());
        let message = format!("{shown} has `for_each`, which makes a map, and `[*]` is for lists");
        if let Some(diagnostic) = self.report(&catalogue::INSTANCE_KEY, way.origin, message) {
            diagnostic
                .because(
                    "Terraform takes the whole map for one element, which has no such attribute",
                )
                .related(
                    format!("`for_each` of {shown}"),
                    block.origin_of("for_each"),
                )
                .help(format!("write `values({short})[*].{name}`"));
        }
        true
    }

    fn problem(&mut self, problem: &Problem, shape: &Shape, step: &Step, way: &Way<'_>) {
        if self.is_silent() {
            return;
        }
        let shown = way.shown();
        let short = way.short();
        let whole = format!("{short}{}", way.written);
        let name = match step {
            Step::Attribute(name) => name.clone(),
            Step::Index(key) => key
                .as_str()
                .map_or_else(|| expression::render(key), str::to_owned),
            _ => String::new(),
        };
        let refuses = "Terraform refuses a reference to what is not there";
        let (message, why, help) = match problem {
            Problem::NoSuchAttribute(names) => {
                let near = nearest(&name, names.iter().map(String::as_str));
                let help = match (near.as_slice(), way.start) {
                    ([], Start::Block(block))
                        if way.written.is_empty() && block.block.kind == BlockKind::Module =>
                    {
                        format!("if the module has it, add it to the struct: `pub {name}: String`")
                    }
                    ([], Start::Block(block))
                        if way.written.is_empty() && block.block.kind == BlockKind::Variable =>
                    {
                        "add it to the variable's type".to_owned()
                    }
                    ([], Start::Block(block)) if way.written.is_empty() => {
                        format!("see the attributes of `{}`", block.type_name())
                    }
                    ([], _) if names.is_empty() => "remove it".to_owned(),
                    ([], _) => {
                        let names = names.iter().take(12).map(String::as_str);
                        format!("it has `{}`", names.collect::<Vec<_>>().join("`, `"))
                    }
                    (near, _) => did_you_mean(near),
                };
                let is_module = matches!(way.start, Start::Block(block) if block.block.kind == BlockKind::Module);
                let what = if is_module { "output" } else { "attribute" };
                (format!("{shown} has no {what} `{name}`"), refuses, help)
            }
            Problem::Several { ordered, single } => {
                let help = match (ordered, single) {
                    (true, true) => format!("write `{whole}[0].{name}`"),
                    (true, false) => {
                        format!(
                            "write `{whole}[0].{name}` for the first, or `{whole}[*].{name}` for all"
                        )
                    }
                    (false, true) => format!("write `one({whole}[*].{name})`"),
                    (false, false) => {
                        format!(
                            "write `{whole}[*].{name}` for all of them, or go through them: `[for x in {whole} : x.{name}]`"
                        )
                    }
                };
                let what = if *ordered { "a list" } else { "a set" };
                (
                    format!("{shown} is {what}, so `{name}` has to say of which element"),
                    "Terraform refuses an attribute of several elements at once",
                    help,
                )
            }
            Problem::Plain => {
                let found = in_words(&shape.clone().into_type());
                let (what, help) = match step {
                    Step::Attribute(_) => ("attributes", format!("write `{whole}`")),
                    _ => (
                        "elements",
                        format!("write `{whole}`, or `split(\",\", {whole})[0]`"),
                    ),
                };
                (
                    format!("{shown} is {found}, which has no {what}"),
                    refuses,
                    help,
                )
            }
            Problem::Set => (
                format!("{shown} is a set, which has no order"),
                "Terraform cannot say which element is the first",
                format!("write `one({whole})` for the only one, or `tolist({whole})[0]`"),
            ),
            Problem::NotANumber => (
                format!("{shown} is a list, whose elements have numbers and no names"),
                "Terraform takes a whole number between the brackets",
                format!("write `{whole}[0]`"),
            ),
        };
        // A missing attribute of a block is found before anything is evaluated.
        let is_static = way.written.is_empty()
            && matches!(way.start, Start::Block(block) if block.block.kind != BlockKind::Variable);
        let rule = &catalogue::UNKNOWN_ATTRIBUTE;
        let target = match way.start {
            Start::Block(block) => Some((block.describe(), block.origin())),
            _ => None,
        };
        let diagnostic = if is_static {
            self.report_always(rule, way.origin, message)
        } else {
            self.report(rule, way.origin, message)
        };
        if let Some(diagnostic) = diagnostic {
            diagnostic.because(why).help(help);
            if let Some((what, origin)) = target {
                diagnostic.related(what, origin);
            }
        }
    }
}
