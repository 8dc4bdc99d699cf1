/** A worker that reads a file piece by piece and tells its SHA-256: the browser's own takes only wholes. */

const PIECE = 4 * 1024 * 1024;
const AT_ONCE = 16 * 1024 * 1024;
const K = new Int32Array(64);
const START = new Int32Array(8);

/* FIPS 180-4: the first bits of the fractions of square roots (start) and cube roots of primes. */
for (let n = 2, found = 0; found < 64; n += 1) {
  if (!isPrime(n)) continue;
  if (found < 8) START[found] = fraction(Math.sqrt(n));
  K[found] = fraction(Math.cbrt(n));
  found += 1;
}

function isPrime(n) {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return false;
  return true;
}

function fraction(root) {
  return ((root % 1) * 2 ** 32) | 0;
}

export class Sha256 {
  state = START.slice();
  words = new Int32Array(64);
  rest = new Uint8Array(64);
  held = 0;
  length = 0;

  add(bytes) {
    this.length += bytes.length;
    let at = 0;
    if (this.held) {
      at = Math.min(64 - this.held, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return this;
      this.block(new DataView(this.rest.buffer), 0);
      this.held = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + 64 <= bytes.length; at += 64) this.block(view, at);
    this.rest.set(bytes.subarray(at));
    this.held = bytes.length - at;
    return this;
  }

  block(view, at) {
    const w = this.words;
    const state = this.state;
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  hex() {
    const end = new Uint8Array(this.held < 56 ? 64 : 128);
    const bits = this.length * 8;
    end.set(this.rest.subarray(0, this.held));
    end[this.held] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits >>> 0);
    for (let at = 0; at < end.length; at += 64) this.block(view, at);
    return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/* Short files are hashed by the browser itself, which is faster, where it lets us. */
async function digest(file) {
  if (file.size <= AT_ONCE && crypto.subtle) {
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const hash = new Sha256();
  for (let at = 0; at < file.size; at += PIECE) {
    hash.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    postMessage({ share: Math.min(1, (at + PIECE) / file.size) });
  }
  return hash.hex();
}

globalThis.onmessage = async ({ data: file }) => {
  try {
    postMessage({ sha256: await digest(file) });
  } catch (problem) {
    postMessage({ unreadable: String(problem) });
  }
};
