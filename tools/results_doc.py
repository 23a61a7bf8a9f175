#!/usr/bin/python3
"""Writes the tables of columns and fields in docs/results.md from the registries in the source; the unit
tests fail while they differ. Run it from the project's folder."""
import re
h=open('src/result/result.h').read()
m=h[h.index('#define PERCUTA_COLUMN_LIST'):h.index('/* Whether a run with this layout')]
m=m.replace('\\\n','')
cols=re.findall(r'X\((\w+),\s*(\w+),\s*"([^"]*)",\s*((?:"[^"]*"\s*)+)\)',m)
rows=['| `%s` | %s | %s |'%(c[0],c[2],''.join(re.findall(r'"([^"]*)"',c[3]))) for c in cols]
d=open('src/healing/fields.def').read(); d=d[d.index('PERCUTA_FIELD(fibroblast'):]
f=re.findall(r'PERCUTA_FIELD\((\w+),.*?"[^"]*", "([^"]*)",\s*((?:"[^"]*"\s*)+)\)',d,re.S)
frows=['| `%s` | %s | %s |'%(c[0],c[1],''.join(re.findall(r'"([^"]*)"',c[2]))) for c in f]
s=open('docs/results.md').read()
def table(s,first,rows):
    lines=s.split('\n'); i=next(k for k,l in enumerate(lines) if l.startswith(first)); j=i
    while lines[j].startswith('|'): j+=1
    return '\n'.join(lines[:i]+rows+lines[j:])
s=table(s,'| `time_d` | d |',rows); s=table(s,'| `fibroblast` |',frows)
open('docs/results.md','w').write(s)
