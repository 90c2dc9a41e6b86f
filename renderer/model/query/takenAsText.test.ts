import { describe, expect, it } from 'vitest'
import { takenAsText } from './takenAsText'

describe('a word that perhaps was not meant as a text', () => {
  it.each([
    ['level:error', '$.level = "error"'],
    ['level="error"', '$.level = "error"'],
    ['code=7731', '$.code = 7731'],
    ['on:true', '$.on = true'],
    ['payload:zirc', 'zirc'],
    ['at:20:19:09', 'after:20:19:09'],
    ['at:home', '$.at = "home"'],
    ['qos=1', 'qos:1'],
    ['plant/+/temp', 'topic:plant/+/temp'],
    ['a/#', 'topic:a/#'],
  ])('%s is perhaps %s', (word, meant) => {
    expect(takenAsText(word)).toEqual({ word, meant })
    expect(takenAsText(`retained ${word} b`)).toEqual({ word, meant })
  })

  it.each(['', 'error', '12:30', 'http://host', '"level:error"', '-level:error', 'plant/line1', 'a/b+', 'c#', '+'])(
    '%j is meant as it stands',
    (query) => {
      expect(takenAsText(query)).toBeNull()
    },
  )

  it.each(['$.level = "error"', 'topic:a/+', 'topc:a', 'sub:level=1', '/a+b/', 'level:', '=5'])(
    '%j is no such word',
    (query) => {
      expect(takenAsText(query)).toBeNull()
    },
  )
})
