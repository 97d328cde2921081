//! Headless Chromium, as a reader's browser: pages are opened, clicked and read by way of chromedriver.
//!
//! The protocol is WebDriver, JSON over HTTP to a program on this machine: a request at a time needs no library. `.ci/run`
//! installs both programs.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::tools;

/// How WebDriver names an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a page may take to become what is waited for, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The script of axe-core, which looks for what keeps people from reading a page; nothing where it is missing, which
/// is said, and fails in CI.
pub fn axe() -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/node/node_modules");
    let script = std::fs::read_to_string(folder.join("axe-core/axe.min.js")).ok();
    if script.is_none() {
        let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
        assert!(!ci, "axe-core is missing, which .ci/run installs");
        eprintln!("skipped: axe-core is missing");
    }
    script
}

/// One test at a time: more of them would only wait for each other.
static ONLY: Mutex<()> = Mutex::new(());

/// The browser that a test uses or waits for: to start it takes longer than most tests.
static OPEN: Mutex<Weak<Driven>> = Mutex::new(Weak::new());

/// A browser with one window, for one test after another.
pub struct Browser {
    driven: Arc<Driven>,
    _turn: MutexGuard<'static, ()>,
}

/// The programs behind a browser, which end with the last test that waits for them.
struct Driven {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// A browser, or nothing where none is installed.
    pub fn open() -> Option<Self> {
        let chromium = tools::program("chromium")?;
        let chromedriver = tools::program("chromedriver")?;
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let driven = open.upgrade().unwrap_or_else(|| {
            let driven = Arc::new(Driven::start(&chromium, &chromedriver));
            *open = Arc::downgrade(&driven);
            driven
        });
        drop(open);
        let turn = ONLY.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Browser { driven, _turn: turn })
    }

    /// Opens a page from a file, at a place of it, in a window of this size.
    pub fn load(&self, page: &Path, place: &str, (width, height): (u32, u32)) {
        self.looks("light", (width, height));
        self.of_session("POST", "/url", &json!({ "url": "about:blank" }));
        // What the page before said is no concern of this one.
        self.log("performance");
        self.log("browser");
        let url = format!("file://{}#{place}", page.display());
        self.of_session("POST", "/url", &json!({ "url": url }));
    }

    /// Makes the window so large, and its reader prefer light or dark.
    pub fn looks(&self, scheme: &str, (width, height): (u32, u32)) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", &features);
    }

    /// Shows the page as it would be printed, or as on a screen again.
    pub fn prints(&self, on_paper: bool) {
        let media = json!({ "media": if on_paper { "print" } else { "" }, "features": [] });
        self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// What a function body in JavaScript returns.
    pub fn js(&self, body: &str) -> Value {
        self.of_session("POST", "/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// What a promise in JavaScript comes to.
    pub fn promised(&self, expression: &str) -> Value {
        let body = format!(
            "const done = arguments[0]; ({expression}).then(done, (e) => done(String(e)));"
        );
        self.of_session("POST", "/execute/async", &json!({ "script": body, "args": [] }))
    }

    /// Waits until an expression in JavaScript is true.
    pub fn wait(&self, expression: &str) {
        let body = format!("return Boolean({expression});");
        let since = Instant::now();
        while self.js(&body) != Value::Bool(true) {
            assert!(since.elapsed() < PATIENCE, "never: {expression}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The text of the first element of a selector, as it is seen.
    pub fn text(&self, selector: &str) -> String {
        self.of_element(selector, "GET", "text", &Value::Null).as_str().unwrap().to_owned()
    }

    /// Clicks on it, as a mouse does: where it is hidden or covered this fails.
    pub fn click(&self, selector: &str) {
        self.of_element(selector, "POST", "click", &json!({}));
    }

    /// What is seen, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        let picture = self.of_session("GET", "/screenshot", &Value::Null);
        STANDARD.decode(picture.as_str().unwrap()).unwrap()
    }

    /// Types into it.
    pub fn write(&self, selector: &str, text: &str) {
        self.of_element(selector, "POST", "value", &json!({ "text": text }));
    }

    /// Presses a key where the focus is; capitals with shift.
    pub fn press(&self, key: &str) {
        let actions = json!([
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key },
        ]);
        let keys = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.of_session("POST", "/actions", &keys);
    }

    /// Everything that the page complained of, and every request but the one for itself: there must be none.
    pub fn complaints(&self, page: &Path) -> Vec<String> {
        let mut found: Vec<String> =
            self.log("browser").iter().map(|entry| entry["message"].to_string()).collect();
        let own = format!("file://{}", page.display());
        for entry in self.log("performance") {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let event = &event["message"];
            if event["method"] != "Network.requestWillBeSent" {
                continue;
            }
            let url = event["params"]["request"]["url"].as_str().unwrap();
            let file = url.split('#').next().unwrap();
            if file != own && url != "about:blank" {
                found.push(format!("request for {url}"));
            }
        }
        let resources =
            self.js("return performance.getEntriesByType('resource').map((e) => e.name)");
        found.extend(resources.as_array().unwrap().iter().map(|name| format!("resource {name}")));
        found
    }

    /// To find an element and to ask for it are two requests: what the page drew anew in between is looked for again.
    fn of_element(&self, selector: &str, method: &str, asked: &str, body: &Value) -> Value {
        let by = json!({ "using": "css selector", "value": selector });
        let since = Instant::now();
        loop {
            let found = self.of_session("POST", "/element", &by);
            let element = found[ELEMENT].as_str().unwrap();
            let path = format!("{}/element/{element}/{asked}", self.driven.session);
            match self.driven.ask(method, &path, body) {
                Ok(answer) => return answer,
                Err(error) => assert!(
                    error["error"] == "stale element reference" && since.elapsed() < PATIENCE,
                    "{asked} of {selector}: {}",
                    error["message"]
                ),
            }
        }
    }

    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.of_session("POST", "/goog/cdp/execute", &body)
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.of_session("POST", "/se/log", &json!({ "type": kind }));
        entries.as_array().unwrap().clone()
    }

    fn of_session(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("{}{path}", self.driven.session);
        let answer = self.driven.ask(method, &path, body);
        answer.unwrap_or_else(|error| panic!("{method} {path}: {}", error["message"]))
    }
}

impl Driven {
    /// A browser without a past.
    fn start(chromium: &Path, chromedriver: &Path) -> Self {
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse().ok()
        });
        thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let data = format!("--user-data-dir={}", profile.path().display());
        let (port, session) = (port.unwrap(), String::new());
        let mut browser = Driven { driver, port, session, _profile: profile };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=zh-CN",
            &data,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": { "binary": chromium, "args": arguments },
        } } });
        let session = browser.ask("POST", "/session", &wanted).unwrap();
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        browser
    }

    /// One request of the protocol.
    ///
    /// # Errors
    ///
    /// What the browser could not do: `error`, the name of its kind, and `message`.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, Value> {
        let (status, text) = self.answer(method, path, body).unwrap();
        let mut answer: Value = serde_json::from_str(&text).unwrap();
        let value = answer["value"].take();
        if status == 200 { Ok(value) } else { Err(value) }
    }

    fn answer(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(u16, String)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(3 * PATIENCE))?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut answer = BufReader::new(stream);
        let (mut status, mut length, mut line) = (0, 0, String::new());
        while answer.read_line(&mut line)? > 2 {
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut text = vec![0; length];
        answer.read_exact(&mut text)?;
        Ok((status, String::from_utf8(text).unwrap()))
    }
}

impl Drop for Driven {
    fn drop(&mut self) {
        // The browser goes with its session. A test that failed must not leave it behind either.
        let _ = self.answer("DELETE", &self.session, &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
