/** The last part of a path of any system; a schema stands by it where there is little room. */
export const fileNameOf = (path: string): string => /[^/\\]+(?=[/\\]*$)/.exec(path)?.[0] ?? path
