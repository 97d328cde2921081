//! A number for each character of the basic plane.
//!
//! In: characters and their numbers. Out: the number of any character, 0 for one that has none: 招 is that of
//! the words that begin with 招, ☃ begins no word.

use std::fmt;
use std::ops::Deref;

/// Characters from this one on have no numbers: all words are of the basic plane.
pub const PLANE: usize = 0x1_0000;

/// The number of each character. It is the same at one read of memory, wherever the numbers are.
#[derive(Clone)]
pub enum Plane {
    /// Built into the program.
    Built(&'static [u16; PLANE]),
    /// Made when the program ran.
    Owned(Box<[u16; PLANE]>),
}

impl Plane {
    /// The characters that have numbers, in their order, with these.
    pub fn numbered(&self) -> impl Iterator<Item = (u16, u16)> {
        (0..=u16::MAX).zip(self.iter().copied()).filter(|&(_, number)| number != 0)
    }
}

/// The numbers of these characters, as [`Plane::numbered`] gives them.
pub const fn numbers(numbered: &[(u16, u16)]) -> [u16; PLANE] {
    let mut numbers = [0; PLANE];
    let mut rest = numbered;
    while let [(c, number), behind @ ..] = rest {
        numbers[*c as usize] = *number;
        rest = behind;
    }
    numbers
}

impl Deref for Plane {
    type Target = [u16; PLANE];

    #[inline]
    fn deref(&self) -> &[u16; PLANE] {
        match self {
            Plane::Built(numbers) => numbers,
            Plane::Owned(numbers) => numbers,
        }
    }
}

impl PartialEq for Plane {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Plane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.numbered()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_and_the_owned_are_the_same() {
        static BUILT: [u16; PLANE] = numbers(&[(0x0025, 7), (0x62DB, 1), (0xFFFF, 2)]);
        let mut owned = Box::new([0; PLANE]);
        (owned[0x0025], owned[0x62DB], owned[0xFFFF]) = (7, 1, 2);
        let (built, owned) = (Plane::Built(&BUILT), Plane::Owned(owned));
        assert_eq!(built, owned);
        assert_eq!(owned.numbered().collect::<Vec<_>>(), [(0x0025, 7), (0x62DB, 1), (0xFFFF, 2)]);
        assert_eq!(built[usize::from(b'&')], 0);
    }
}
