//! Counting bytes, as many at a time as the machine can.

/// How many bytes pass a test. `b"365\n"` has one below 32.
pub fn count(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    /// A count of so many fits a byte: the compiler then adds up many at a time.
    const BLOCK: usize = 240;
    let within = |block: &[u8]| block.iter().map(|&byte| u8::from(test(byte))).sum::<u8>();
    bytes.chunks(BLOCK).map(|block| usize::from(within(block))).sum()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn blocks_add_up() {
        for len in [0, 1, 239, 240, 241, 10_000] {
            assert_eq!(count(&vec![7; len], |byte| byte == 7), len);
            assert_eq!(count(&vec![7; len], |byte| byte == 8), 0);
        }
        assert_eq!(count(b"a\tb\n", |byte| byte < 32), 2);
    }
}
