// The server: requests with the token from localStorage, and the ways they fail.

const STORED = "rsmu_tokenData";

export class Refused extends Error {
  constructor(errors) {
    super("refused");
    this.errors = errors;
  }
}

export class Lost extends Error {}

export class NoSession extends Error {}

export const session = {
  get token() {
    return JSON.parse(localStorage.getItem(STORED) ?? "null")?.access_token ?? null;
  },
  keep(tokens) {
    localStorage.setItem(STORED, JSON.stringify(tokens));
  },
  forget() {
    localStorage.removeItem(STORED);
  },
};

async function request(path, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if (session.token) headers.Authorization = `Bearer ${session.token}`;
  let answer;
  let body;
  try {
    answer = await fetch(`/api/${path}`, { ...options, headers });
    body = await answer.json();
  } catch {
    throw new Lost();
  }
  if (answer.ok) return body;
  if (answer.status === 401) throw new NoSession();
  if (body.globalErrors) throw new Refused(body.globalErrors);
  throw new Lost();
}

export const get = (path) => request(path);

export const post = (path, values = {}) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });

export const options = (name) => async (query) =>
  (await get(`lists/${name}?query=${encodeURIComponent(query)}`)).options;
