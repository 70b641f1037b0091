/** 取扱店: the company and the branch that answers for a paper. */
export interface Office {
  company: string
  branch?: string
  address?: string
  phone?: string
  /** 受付時間, 平日9時から17時. */
  hours?: string
}

/** 電話 054-000-0000（平日9時から17時）; undefined when there is no telephone. */
export function phoneText({ phone, hours }: Office): string | undefined {
  return phone === undefined ? undefined : `電話 ${phone}${hours ? `（${hours}）` : ''}`
}

/** The company and its branch. */
export function companyText({ company, branch }: Office): string {
  return branch === undefined ? company : `${company}　${branch}`
}
