"use strict";
const KNOWN = /*KNOWN*/{};
const CLAIM = "【待核验】凭 verify.html 或 branchscore verify 核验后有效";
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const field = document.getElementById("text");
const answer = document.getElementById("answer");

async function opened(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return null;
  const text = note.slice(0, end + 1);
  const line = /^— (\S+) ([A-Za-z0-9+/]+={0,2})\n$/u.exec(note.slice(end + 2));
  if (!line || line[1] !== KNOWN.name) return null;
  const signature = bytes(line[2]);
  const id = bytes(KNOWN.id);
  if (signature.length !== 68 || id.some((b, i) => b !== signature[i])) return null;
  const key = await crypto.subtle.importKey("raw", bytes(KNOWN.key), "Ed25519", false, ["verify"]);
  const signed = new TextEncoder().encode(text);
  return (await crypto.subtle.verify("Ed25519", key, signature.slice(4), signed)) ? text : null;
}

async function check() {
  const note = field.value.replace(/\r\n?/g, "\n").trim() + "\n";
  let text = null;
  try {
    text = await opened(note);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "InvalidCharacterError")) {
      say("", "这个浏览器不能核验（不支持 Ed25519），请换新版浏览器或用 branchscore verify --qr。\nThis browser cannot check signatures (no Ed25519); use a newer one, or branchscore verify --qr.");
      return;
    }
  }
  const lines = text === null ? [] : text.split("\n");
  if (lines[0] !== CLAIM || !lines[1].startsWith("证书 ")) {
    say("bad", "✗ 不能相信：文字不全、被改动过，或者不是这个机关签的。\n✗ Not to be believed: incomplete, changed, or not signed by this issuer.");
  } else if (KNOWN.revoked.includes(lines[1].slice(3))) {
    say("bad", `✗ 证书已撤销（名单截至 ${KNOWN.time}）。\n✗ This certificate was revoked (list as of ${KNOWN.time}).`);
  } else {
    say("good", `✓ 签名有效，截至 ${KNOWN.time} 没有撤销。以下事实是真的；纸面本身没有核验，请与纸上逐行对照：\n✓ The signature is good, not revoked as of ${KNOWN.time}. What follows is genuine; the paper itself was not checked: compare it line by line.\n\n${lines.slice(1).join("\n")}`);
  }
}

function say(kind, text) {
  answer.className = kind;
  answer.textContent = text;
}

document.getElementById("check").addEventListener("click", check);
if (location.hash.length > 1) {
  try {
    field.value = decodeURIComponent(location.hash.slice(1));
    check();
  } catch {
    say("bad", "✗");
  }
}
