import { fail, type AppError } from '#shared/result'
import type { Fault } from './sandbox/sandboxFault'

/** What is told of a script that failed. */
export const scriptFailed = ({ problem, line, column, detail, output = 0, field = '' }: Fault) =>
  fail('scriptFailed', `The script fails in line ${line}, column ${column}: ${problem} ${field} ${detail}`, {
    values: { problem, line, column, detail, output, field },
  })

/** After these nothing is known of what the script has in mind: a run ends with them. */
export const endsRun = ({ values }: AppError): boolean => fatal.has(String(values?.['problem']))

const fatal: ReadonlySet<string> = new Set([
  'syntax',
  'noFunction',
  'tooLong',
  'memory',
  'stack',
  'answersItself',
  'loop',
])
