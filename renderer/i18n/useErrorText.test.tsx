import { renderHook } from '@testing-library/react'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import type { AppError } from '#shared/result'
import { catalogues } from '#shared/i18n/catalogues'
import { useErrorText } from './useErrorText'

const textOf = (error: AppError) => {
  const { result } = renderHook(() => useErrorText(), {
    wrapper: ({ children }) => (
      <IntlProvider locale="en" messages={catalogues.en}>
        {children}
      </IntlProvider>
    ),
  })
  return result.current(error)
}

describe('useErrorText', () => {
  it('says what is wrong with a topic', () => {
    expect(textOf({ code: 'topicInvalid', message: '', values: { detail: 'wildcardInTopic', column: 0 } })).toBe(
      'The topic cannot be published to: A message cannot be published to + or #: these are for filters.',
    )
  })

  it('says what is wrong with the input, by the field it is in', () => {
    expect(textOf({ code: 'invalidInput', message: 'tooLong', field: 'subscription.filter' })).toBe(
      'That is not valid: Longer than 65,535 bytes, the most MQTT can carry.',
    )
    expect(textOf({ code: 'invalidInput', message: 'tooLong', field: 'profile.name' })).toBe(
      'That is not valid: This is too long.',
    )
    expect(textOf({ code: 'invalidInput', message: 'numberRange', field: 'profile.port' })).toBe(
      'That is not valid: This is not valid.',
    )
  })

  it('leaves other texts as they are', () => {
    expect(textOf({ code: 'invalidInput', message: 'Too odd.' })).toBe('That is not valid: Too odd.')
    expect(textOf({ code: 'connectRefused', message: '', reasonCode: 4, values: { detail: 'credentials' } })).toContain(
      'Check username',
    )
  })
})
