//! One text that holds many names, as short as overlapping them makes it.

use std::collections::HashMap;

/// The text of all names, and where each stands in it.
///
/// A name within a longer one costs nothing; of the others, the end of one is the beginning of the
/// next as far as they agree. That takes a quarter off the names of the AWS provider.
#[derive(Default)]
pub(super) struct Names {
    text: Vec<u8>,
    starts: HashMap<String, usize>,
}

impl Names {
    /// Packs names; what they are packed into depends on nothing else.
    pub(super) fn pack<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
        names.dedup();
        let hosts = find_hosts(&names);
        let outermost: Vec<_> = names
            .iter()
            .copied()
            .filter(|name| !hosts.contains_key(name))
            .collect();

        let mut packed = Self::default();
        packed.append_chains(&outermost, &find_followers(&outermost));
        // From the longest to the shortest, so that the host of a name has its place before it.
        for name in names {
            if let Some(&(host, offset)) = hosts.get(name) {
                let start = packed.starts[host] + offset;
                packed.starts.insert(name.to_owned(), start);
            }
        }
        packed
    }

    /// The text that all names are in.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The length of the longest name.
    pub(super) fn longest(&self) -> usize {
        self.starts
            .keys()
            .map(String::len)
            .max()
            .unwrap_or_default()
    }

    /// Where that name starts in the text, if it is one of those that were packed.
    pub(super) fn start(&self, name: &str) -> Option<usize> {
        self.starts.get(name).copied()
    }

    /// Writes each chain of followers from the name that follows no other.
    fn append_chains(&mut self, names: &[&str], followers: &[Option<Follower>]) {
        let mut is_first = vec![true; names.len()];
        for follower in followers.iter().flatten() {
            is_first[follower.index] = false;
        }
        for first in (0..names.len()).filter(|&index| is_first[index]) {
            let mut next = Some(Follower {
                index: first,
                overlap: 0,
            });
            while let Some(Follower { index, overlap }) = next {
                self.starts
                    .insert(names[index].to_owned(), self.text.len() - overlap);
                self.text.extend(&names[index].as_bytes()[overlap..]);
                next = followers[index];
            }
        }
    }
}

/// The name that comes after another one, and how many bytes they share.
#[derive(Clone, Copy)]
struct Follower {
    index: usize,
    overlap: usize,
}

/// For each name that is part of another one: that one, and where in it.
fn find_hosts<'n>(names: &[&'n str]) -> HashMap<&'n str, (&'n str, usize)> {
    let mut suffixes: Vec<(&'n str, &'n str)> = names
        .iter()
        .flat_map(|name| {
            name.char_indices()
                .map(move |(offset, _)| (&name[offset..], *name))
        })
        .collect();
    suffixes.sort_unstable();
    let mut hosts = HashMap::new();
    for &name in names {
        // The suffixes that begin with the name are neighbours, and one of them is itself.
        let first = suffixes.partition_point(|&(suffix, _)| suffix < name);
        let host = suffixes[first..]
            .iter()
            .take_while(|(suffix, _)| suffix.starts_with(name))
            .find(|&&(_, owner)| owner.len() > name.len());
        if let Some(&(suffix, owner)) = host {
            hosts.insert(name, (owner, owner.len() - suffix.len()));
        }
    }
    hosts
}

/// For each name the one that is to follow it: greedily, the longest overlaps of all first.
fn find_followers(names: &[&str]) -> Vec<Option<Follower>> {
    let mut followers = vec![None; names.len()];
    let mut is_follower = vec![false; names.len()];
    // Of a chain, only its ends matter: each knows the other, so that no chain becomes a ring.
    let mut other_end: Vec<_> = (0..names.len()).collect();
    let longest = names
        .iter()
        .map(|name| name.len())
        .max()
        .unwrap_or_default();
    for overlap in (1..longest).rev() {
        let mut by_prefix: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (index, name) in names.iter().enumerate().rev() {
            if !is_follower[index] && name.len() > overlap {
                by_prefix
                    .entry(&name.as_bytes()[..overlap])
                    .or_default()
                    .push(index);
            }
        }
        for (last, name) in names.iter().enumerate() {
            if followers[last].is_some() || name.len() <= overlap {
                continue;
            }
            let suffix = &name.as_bytes()[name.len() - overlap..];
            let Some(candidates) = by_prefix.get_mut(suffix) else {
                continue;
            };
            let first = other_end[last];
            let Some(found) = candidates.iter().rposition(|&index| index != first) else {
                continue;
            };
            let index = candidates.remove(found);
            followers[last] = Some(Follower { index, overlap });
            is_follower[index] = true;
            let end = other_end[index];
            other_end[first] = end;
            other_end[end] = first;
        }
    }
    followers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_packed(names: &[&str], length: usize) {
        let packed = Names::pack(names.iter().copied());
        assert_eq!(packed.text().len(), length);
        for name in names {
            let start = packed.start(name).unwrap();
            assert_eq!(&packed.text()[start..start + name.len()], name.as_bytes());
        }
    }

    #[test]
    fn every_name_is_where_it_is_said_to_be() {
        assert_packed(&[], 0);
        assert_packed(&["arn"], 3);
        assert_packed(&["arn", "kms_key_arn", "key", "kms_key", "key"], 11);
        assert_packed(&["role_arn", "arn_prefix", "prefix_list"], 8 + 7 + 5);
        assert_packed(&["aba", "bab"], 4);
        assert_packed(&["größe", "ößer"], "größer".len());
    }

    #[test]
    fn other_names_have_no_place() {
        assert_eq!(Names::pack(["arn"]).start("id"), None);
    }
}
