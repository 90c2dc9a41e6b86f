import type { z } from 'zod'
import type { AppError } from './result'

/** Refuses an input with an error that has words of its own: the form and the main process read the same one. */
export const refuse = (context: z.RefinementCtx, error: AppError): void =>
  context.addIssue({ code: 'custom', message: error.message, params: { error } })

/** The error that a rule refused with; null = the issue is one of shape alone. */
export const errorOfIssue = (issue: z.core.$ZodIssue): AppError | null =>
  issue.code === 'custom' ? ((issue.params?.['error'] as AppError | undefined) ?? null) : null
