import { z } from 'zod'

// zod's faster path needs eval, which the content security policy forbids. Imported before any schema is made, since
// making one already tries.
z.config({ jitless: true })
