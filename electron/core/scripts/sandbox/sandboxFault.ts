import type { ScriptProblem } from '#shared/model/script'

/** Of a text; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Why a script failed. Lines and columns count from 1; 0 = it is about no place of the text. */
export interface Fault extends Place {
  readonly problem: ScriptProblem
  readonly detail: string
  /** Which of its messages is to blame, from 1, and what of it; absent = none. */
  readonly output?: number
  readonly field?: string
}

export class SandboxFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.problem)
  }
}

interface Circumstances {
  /** It was ended, because its time was over. */
  readonly isLate: boolean
  /** It was being read. */
  readonly isBeginning?: boolean
  /** Of the function, for what has no place of its own. */
  readonly place: Place
}

/** `described`: JSON of what was thrown; null = the engine had no memory left to say it. */
export const faultOf = (
  described: string | null,
  { isLate, isBeginning = false, place }: Circumstances,
): SandboxFault => {
  if (described === null) return new SandboxFault({ problem: isLate ? 'tooLong' : 'memory', detail: '', ...place })
  const {
    name = '',
    message = '',
    stack = '',
  } = JSON.parse(described) as Partial<Record<'name' | 'message' | 'stack', string>>
  const found = /script\.js:(\d+):(\d+)/.exec(stack)
  const own = found ? { line: Number(found[1]), column: Number(found[2]) } : place
  const problem = isBeginning && !isLate && name === 'SyntaxError' ? 'syntax' : problemOf(name, message, isLate)
  return new SandboxFault({ problem, detail: detailOf(problem, name, message), ...own })
}

const problemOf = (name: string, message: string, isLate: boolean): ScriptProblem => {
  if (isLate) return 'tooLong'
  // The reader of JSON says so in an error of its own.
  if (message === 'stack overflow') return 'stack'
  const isOfEngine = name === 'InternalError' || name === 'RangeError'
  return isOfEngine && /out of memory|string too long|BigInt is too large/.test(message) ? 'memory' : 'thrown'
}

const longestDetail = 300

const detailOf = (problem: ScriptProblem, name: string, message: string): string => {
  if (problem === 'syntax') return message.slice(0, longestDetail)
  if (problem !== 'thrown') return ''
  return (name === '' || name === 'undefined' ? message : `${name}: ${message}`).slice(0, longestDetail)
}
