//! Paths to decoded texts.
//!
//! In go the paths of the command line, out come the files behind them in a stable order, each with
//! the name its records carry, and one error for each that failed. `seeds/` becomes
//! `seeds/a.txt`, `seeds/b.md` …; `-` is standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::{Error, ErrorKind};
use crate::page;
use crate::shown;
use crate::size::Size;
use crate::text::decode::{Decoded, EncodingChoice, decode};

/// Extensions that a file found in a folder must have, in any case, unless they are those of web
/// pages. A file that is named itself may have any.
const EXTENSIONS: [&str; 2] = ["txt", "md"];

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, given as `-`.
    StandardInput,
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its path as given or found, `/`-separated; what is no Unicode is written out, see
        /// [`shown::name`].
        name: String,
    },
}

impl Input {
    fn file(path: PathBuf) -> Self {
        let name = shown::name(&path);
        // On Unix a backslash is a letter like any other.
        let name = if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() };
        Input::File { path, name }
    }

    /// The name that records carry as their `source`.
    pub fn name(&self) -> &str {
        match self {
            Input::StandardInput => "-",
            Input::File { name, .. } => name,
        }
    }

    /// The place that errors name.
    pub fn path(&self) -> &Path {
        match self {
            Input::StandardInput => Path::new("-"),
            Input::File { path, .. } => path,
        }
    }
}

/// Finds the files behind `paths`: in the order given, those of a folder and the folders in it
/// sorted by name. Links to files are followed, links to folders only where they are named
/// themselves, so no loop is entered.
///
/// The errors are those of paths that gave nothing: missing, unreadable, neither file nor folder
/// ([`ErrorKind::Read`]), or a folder without texts ([`ErrorKind::NoTexts`]).
pub fn collect(paths: &[PathBuf]) -> (Vec<Input>, Vec<Error>) {
    let mut inputs = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            // It can be read once.
            if !inputs.contains(&Input::StandardInput) {
                inputs.push(Input::StandardInput);
            }
        } else if path.is_dir() {
            let before = (inputs.len(), errors.len());
            walk(path, &mut inputs, &mut errors);
            if before == (inputs.len(), errors.len()) {
                errors.push(Error::new(path, ErrorKind::NoTexts));
            }
        } else {
            match regular(path) {
                Ok(()) => inputs.push(Input::file(path.clone())),
                Err(error) => errors.push(error),
            }
        }
    }
    (inputs, errors)
}

/// The streams of lines behind `paths`, in the order given: as [`collect`], but without folders.
///
/// The errors are those of paths that are none: missing, unreadable ([`ErrorKind::Read`]), or a folder
/// ([`ErrorKind::Unfit`]).
pub fn streams(paths: &[PathBuf]) -> (Vec<Input>, Vec<Error>) {
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.is_dir());
    let (inputs, mut errors) = collect(&files.into_iter().cloned().collect::<Vec<_>>());
    errors.extend(folders.into_iter().map(|folder| {
        let expected = "a file of JSON Lines".to_owned();
        Error::new(folder, ErrorKind::Unfit { expected, found: "a folder".to_owned() })
    }));
    (inputs, errors)
}

/// Opens a stream of lines. Standard input is locked until it is dropped.
///
/// # Errors
/// [`ErrorKind::Read`] when the system refuses.
pub fn stream(input: &Input) -> Result<Box<dyn BufRead>, Error> {
    Ok(match input {
        Input::StandardInput => Box::new(io::stdin().lock()),
        Input::File { path, .. } => {
            let file = File::open(path);
            Box::new(BufReader::new(file.map_err(|e| Error::new(path, ErrorKind::Read(e)))?))
        }
    })
}

/// Reads and decodes an input, if it has no more than `most` bytes; one that has more is not read to
/// its end, and a file not at all.
///
/// # Errors
/// [`ErrorKind::Read`] when the system refuses, [`ErrorKind::TooLong`], [`ErrorKind::Shrunk`] when a file
/// was cut off in the meantime, [`ErrorKind::NotText`] when the bytes are no text.
pub fn read(input: &Input, choice: EncodingChoice, most: Size) -> Result<Decoded, Error> {
    let bytes = match input {
        Input::StandardInput => whole(io::stdin().lock(), 0, most),
        Input::File { path, .. } => open(path, most),
    };
    bytes.and_then(|bytes| decode(bytes, choice)).map_err(|kind| Error::new(input.path(), kind))
}

/// The bytes of a file.
fn open(path: &Path, most: Size) -> Result<Vec<u8>, ErrorKind> {
    let file = File::open(path).map_err(ErrorKind::Read)?;
    let length = file.metadata().map_err(ErrorKind::Read)?.len();
    if length > most.0 {
        return Err(ErrorKind::TooLong { most, found: Some(Size(length)) });
    }
    whole(file, length, most)
}

/// The bytes of what should have at least so many, and at most so many.
fn whole(from: impl Read, length: u64, most: Size) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::new();
    // A program that is killed for want of memory says nothing; this is an error like any other.
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(room).map_err(|cause| ErrorKind::Read(io::Error::other(cause)))?;
    from.take(most.0.saturating_add(1)).read_to_end(&mut bytes).map_err(ErrorKind::Read)?;
    let found = bytes.len() as u64;
    if found > most.0 {
        return Err(ErrorKind::TooLong { most, found: None });
    }
    if found < length {
        return Err(ErrorKind::Shrunk { expected: length, found });
    }
    Ok(bytes)
}

/// Adds the texts of a folder and of the folders in it.
fn walk(folder: &Path, inputs: &mut Vec<Input>, errors: &mut Vec<Error>) {
    // `components` drops what a shell's completion leaves behind: `seeds/`, `seeds//`.
    let root: PathBuf = folder.components().collect();
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let cause = error.into_io_error();
                let cause = cause.unwrap_or_else(|| io::Error::other("a link that leads back"));
                errors.push(Error::new(path, ErrorKind::Read(cause)));
                continue;
            }
        };
        // What the system lists as a file needs no further question, which for many files takes a while.
        let listed = entry.file_type().is_file();
        // A folder may be called `old.txt`, and so may a link to one.
        if !is_text(entry.path()) || (!listed && entry.path().is_dir()) {
            continue;
        }
        let readable = if listed { Ok(()) } else { regular(entry.path()) };
        match readable {
            Ok(()) => inputs.push(Input::file(entry.into_path())),
            Err(error) => errors.push(error),
        }
    }
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let mut known = EXTENSIONS.iter().chain(&page::EXTENSIONS);
    extension.is_some_and(|found| known.any(|known| known.eq_ignore_ascii_case(found)))
}

/// Whether a path can be read to its end: opening a named pipe without a writer, or reading a
/// device, would never return. Descriptors that are open already (`<(command)`) are fine.
fn regular(path: &Path) -> Result<(), Error> {
    let open_already = path == Path::new("/dev/stdin") || path.starts_with("/dev/fd");
    match std::fs::metadata(path) {
        Ok(data) if data.is_file() || open_already => Ok(()),
        Ok(_) => {
            let cause = io::Error::new(
                io::ErrorKind::InvalidInput,
                "expected a file or a folder, found a pipe or device (give - to read standard input)",
            );
            Err(Error::new(path, ErrorKind::Read(cause)))
        }
        Err(cause) => Err(Error::new(path, ErrorKind::Read(cause))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(inputs: &[Input], root: &Path) -> Vec<String> {
        let root = format!("{}/", root.display());
        inputs.iter().map(|input| input.name().replace(&root, "")).collect()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.TXT", "a/c.md", "a/d.csv", "a.txt", "old.txt/e.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "小学365所").unwrap();
        }
        folder
    }

    #[test]
    fn folders_are_sorted_and_give_texts_only() {
        let folder = folder();
        for given in [folder.path().to_owned(), folder.path().join(""), folder.path().join("a/..")]
        {
            let (inputs, errors) = collect(std::slice::from_ref(&given));
            assert!(errors.is_empty());
            let clean: PathBuf = given.components().collect();
            assert_eq!(names(&inputs, &clean), ["a/c.md", "a.txt", "b.TXT", "old.txt/e.txt"]);
        }
    }

    #[test]
    fn paths_keep_their_order_and_failures_do_not_stop_the_rest() {
        let folder = folder();
        let given =
            ["b.TXT", "missing.txt", "a/d.csv", "a.txt"].map(|name| folder.path().join(name));
        let (inputs, errors) = collect(&given);
        assert_eq!(names(&inputs, folder.path()), ["b.TXT", "a/d.csv", "a.txt"]);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].path.ends_with("missing.txt"));
        assert_eq!(read(&inputs[0], EncodingChoice::Auto, Size(99)).unwrap().text, "小学365所");
    }

    #[test]
    fn a_folder_without_texts_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.pdf"), "").unwrap();
        let (inputs, errors) = collect(&[folder.path().to_owned()]);
        assert!(inputs.is_empty());
        assert!(matches!(errors[0].kind, ErrorKind::NoTexts));
    }

    #[test]
    fn what_is_too_long_or_was_cut_off_is_refused() {
        let read =
            |length, most| whole(&b"12345"[..], length, Size(most)).map_err(|e| format!("{e:?}"));
        assert_eq!(read(5, 5), Ok(b"12345".to_vec()));
        // A pipe has no length; a file may have grown.
        assert_eq!(read(0, 9), Ok(b"12345".to_vec()));
        assert_eq!(read(0, 4).unwrap_err(), "TooLong { most: Size(4), found: None }");
        assert_eq!(read(8, 9).unwrap_err(), "Shrunk { expected: 8, found: 5 }");
        assert!(read(u64::MAX, u64::MAX).unwrap_err().starts_with("Read("));
    }

    #[test]
    fn standard_input_is_taken_once() {
        let (inputs, _) = collect(&["-".into(), "-".into()]);
        assert_eq!(inputs, [Input::StandardInput]);
        assert_eq!(inputs[0].name(), "-");
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_loop_and_devices_do_not_hang() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        symlink(folder.path(), folder.path().join("loop")).unwrap();
        symlink(folder.path(), folder.path().join("loop.txt")).unwrap();
        symlink(folder.path().join("a.txt"), folder.path().join("link.txt")).unwrap();
        symlink("/dev/zero", folder.path().join("zero.txt")).unwrap();
        symlink("nowhere", folder.path().join("broken.md")).unwrap();
        let (inputs, errors) = collect(&[folder.path().to_owned(), "/dev/zero".into()]);
        let found = names(&inputs, folder.path());
        assert_eq!(found, ["a/c.md", "a.txt", "b.TXT", "link.txt", "old.txt/e.txt"]);
        let failed: Vec<_> = errors.iter().filter_map(|error| error.path.file_name()).collect();
        assert_eq!(failed, ["broken.md", "zero.txt", "zero"]);
    }
}
