import { afterEach } from 'vitest'
import { endWaits } from './waitFor'

/** A test that ran out of time says what it was waiting for. */
afterEach(endWaits)
