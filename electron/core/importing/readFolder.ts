import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const deepestFolder = 12
const mostFiles = 20_000

/** The files in a folder and those below it, in order of their names. Links are not followed. */
export const filesIn = async (folder: string, depth = 0): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isFile()) files.push(path)
    else if (entry.isDirectory() && depth < deepestFolder) files.push(...(await filesIn(path, depth + 1)))
    if (files.length > mostFiles) break
  }
  return files.slice(0, mostFiles)
}
