/** A request to the endpoint itself, not to the EC2 that it plays. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Response>;

export function askAt(url: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    }
    return answer;
  };
}
