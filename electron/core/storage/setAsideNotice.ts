import { fail, type AppError } from '#shared/result'

/** What loading a file had to say: of the file itself, and of entries in it that were set aside. */
export const noticesOf = (notice: AppError | null, file: string, newlySetAside: number): readonly AppError[] => [
  ...(notice ? [notice] : []),
  ...(newlySetAside > 0 ? [setAsideNotice(file, newlySetAside)] : []),
]

const setAsideNotice = (file: string, count: number): AppError =>
  fail('storedEntriesDamaged', `${count} entries could not be read; ${file} keeps them under "setAside".`, {
    values: { file, count },
  }).error
