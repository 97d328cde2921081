//! Where bytes go: standard output, or a file that is only replaced when all went well.
//!
//! In: a path, or none. Out: a [`Write`] that [`Target::finish`] completes. `-o out.csv` writes to
//! `.out.csv.Xq3fZ9.edustat-part` beside `out.csv` and renames it at the end, so a run that fails
//! leaves the old `out.csv` whole. A run that is killed leaves its part behind as well: no other run
//! reads or removes it, as it may still be written.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorKind};

/// What the name of an output ends in until it is whole.
pub const PART: &str = ".edustat-part";

/// Bytes gathered before the system is asked to take them; the records of most documents are more, and go out as they
/// are.
const BUFFER: usize = 1 << 14;

/// An output that is being written.
#[derive(Debug)]
pub struct Target {
    /// As the user gave it: messages name it.
    path: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Stdout(BufWriter<Stdout>),
    /// A device or pipe: renaming a file over `/dev/null` would replace the device.
    Device(BufWriter<File>),
    /// A file beside the place where it will stand.
    Beside {
        file: BufWriter<NamedTempFile>,
        place: PathBuf,
    },
}

impl Target {
    /// Standard output.
    pub fn stdout() -> Self {
        let sink = Sink::Stdout(BufWriter::with_capacity(BUFFER, io::stdout()));
        Target { path: PathBuf::from("standard output"), sink }
    }

    /// A file; what stands there stays until [`Target::finish`].
    ///
    /// # Errors
    /// [`ErrorKind::Write`] when the folder does not exist or takes no file, or when a file that
    /// stands there must not be written.
    pub fn file(path: &Path) -> Result<Self, Error> {
        let sink = open(path).map_err(|cause| Error::new(path, ErrorKind::Write(cause)))?;
        Ok(Target { path: path.to_owned(), sink })
    }

    /// The file as the user named it, or `standard output`: what a message should name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file that is written beside its place, for whoever writes it in another way than byte after byte; none
    /// of standard output, a device or a pipe.
    pub fn part(&self) -> Option<&NamedTempFile> {
        match &self.sink {
            Sink::Beside { file, .. } => Some(file.get_ref()),
            Sink::Stdout(_) | Sink::Device(_) => None,
        }
    }

    /// Hands the last bytes over and puts the file in its place.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] when the bytes or the place are refused; an older file then stands as
    /// it stood.
    pub fn finish(self) -> Result<(), Error> {
        let Target { path, sink } = self;
        match sink {
            Sink::Stdout(mut out) => out.flush(),
            Sink::Device(mut out) => out.flush(),
            Sink::Beside { file, place } => match file.into_inner() {
                // A name on bytes that a power failure could still lose would be half a file.
                Ok(file) => file
                    .as_file()
                    .sync_all()
                    .and_then(|()| file.persist(place).map(drop).map_err(|refused| refused.error)),
                Err(refused) => Err(refused.into_error()),
            },
        }
        .map_err(|cause| Error::new(path, ErrorKind::Write(cause)))
    }
}

fn open(path: &Path) -> io::Result<Sink> {
    // A link keeps pointing where it points: the file behind it is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let standing = match fs::metadata(&place) {
        Ok(standing) => {
            // Renaming would go around a file that is not to be written; so the system is asked.
            let file = OpenOptions::new().write(true).open(&place)?;
            if !standing.is_file() {
                return Ok(Sink::Device(BufWriter::with_capacity(BUFFER, file)));
            }
            Some(standing)
        }
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
        Err(cause) => return Err(cause),
    };
    let folder = match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    };
    let mut name = OsString::from(".");
    name.push(shortened(place.file_name().unwrap_or_default()));
    name.push(".");
    let file = beside(folder, &name)?;
    if let Some(standing) = standing {
        file.as_file().set_permissions(standing.permissions())?;
    }
    Ok(Sink::Beside { file: BufWriter::with_capacity(BUFFER, file), place })
}

/// As much of a name as leaves room for what is put around it: most systems take 255 bytes.
fn shortened(name: &OsStr) -> Cow<'_, OsStr> {
    const ROOM: usize = 200;
    if name.len() <= ROOM {
        return Cow::Borrowed(name);
    }
    let text = name.to_string_lossy();
    let end = (0..=ROOM).rev().find(|&at| text.is_char_boundary(at));
    Cow::Owned(OsString::from(&text[..end.unwrap_or(0)]))
}

/// A file in `folder`, whose name begins as given, with the permissions that any new file gets there.
#[cfg(unix)]
fn beside(folder: &Path, name: &OsStr) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // The system takes the user's mask away from these.
    let mode = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().prefix(name).suffix(PART).permissions(mode).tempfile_in(folder)
}

/// A file in `folder`, whose name begins as given; permissions come from the folder.
#[cfg(not(unix))]
fn beside(folder: &Path, name: &OsStr) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(name).suffix(PART).tempfile_in(folder)
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stdout(out) => out.write(bytes),
            Sink::Device(out) => out.write(bytes),
            Sink::Beside { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stdout(out) => out.flush(),
            Sink::Device(out) => out.flush(),
            Sink::Beside { file, .. } => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stands_until_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "old").unwrap();
        let mut target = Target::file(&path).unwrap();
        target.write_all(b"new").unwrap();
        target.flush().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(target);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");

        let mut target = Target::file(&path).unwrap();
        target.write_all(b"new").unwrap();
        target.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn the_error_names_the_target() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/out.csv");
        let error = Target::file(&path).unwrap_err();
        assert_eq!(error.path, path);
        assert!(matches!(error.kind, ErrorKind::Write(_)), "{error}");
        assert!(Target::file(folder.path()).is_err(), "a folder is no file");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_any_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| {
            fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777
        };
        fs::write(folder.path().join("plain"), "").unwrap();
        let out = folder.path().join("out");
        Target::file(&out).unwrap().finish().unwrap();
        assert_eq!(mode("out"), mode("plain"));

        fs::set_permissions(&out, fs::Permissions::from_mode(0o640)).unwrap();
        Target::file(&out).unwrap().finish().unwrap();
        assert_eq!(mode("out"), 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_a_device_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut target = Target::file(&link).unwrap();
        target.write_all(b"new").unwrap();
        target.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");

        Target::file(Path::new("/dev/null")).unwrap().finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
