import { isTerm, parseQuery } from './parseQuery'
import type { QueryTerm, TermTest } from './queryTerm'
import { printField } from './readField'
import { printRange } from './readNumbers'
import { printRegex, printValue, quoted } from './readText'
import { printDuration } from './readTimes'

/** The term as `parseQuery` reads it. */
export const printTerm = ({ not, test }: QueryTerm): string => (not ? `-${printTest(test)}` : printTest(test))

const printTest = (test: TermTest): string => {
  switch (test.kind) {
    case 'text':
      return isPlainWord(test.text) ? test.text : quoted(test.text)
    case 'regex':
      return printRegex(test.pattern)
    case 'topic':
      return `topic:${printValue(test.filter)}`
    case 'below':
      return `below:${printValue(test.topic)}`
    case 'sub':
      return `sub:${printValue(test.name)}`
    case 'direction':
      return test.direction
    case 'mark':
      return test.mark === 'redelivered' ? 'dup' : test.mark
    case 'qos':
    case 'size':
      return `${test.kind}:${printRange(test.range)}`
    case 'after':
    case 'before':
      return `${test.kind}:${printValue(test.moment)}`
    case 'last':
      return `last:${printDuration(test.milliseconds)}`
    case 'schema':
      return `schema:${test.state}`
    case 'field':
      return printField(test.field, test.test)
  }
}

/** Whether a text without quotes reads as itself, and not as something else of the language. */
const isPlainWord = (text: string): boolean => {
  if (/\s/.test(text)) return false
  const [part] = parseQuery(text)
  return (
    part !== undefined &&
    isTerm(part) &&
    !part.term.not &&
    part.term.test.kind === 'text' &&
    part.term.test.text === text
  )
}
