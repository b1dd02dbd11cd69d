#!/bin/sh
# templates/policy.rng and company.rng say of every file what the reader says:
# the project's own policies fit; of the bad ones those fit whose mistake a
# schema cannot see ("schema: beyond" in the .expect file). TAP.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here" || exit 1
count=0
status=0

fits() { # FILE SCHEMA
	xmllint --nonet --noout --relaxng "templates/$2.rng" "$1" >/dev/null 2>&1
}

told() { # STATUS NAME
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		status=1
	fi
}

for file in input/policies/*.xml input/policies/lib/*.xml templates/starter/policies/*.xml templates/starter/policies/lib/*.xml tests/manual/policies/*.xml tests/bad_policies/lib/*.xml \
	tests/bad_policies/formulas/lib/*.xml; do
	[ -e "$file" ] || continue
	fits "$file" policy
	told $? "$file fits"
done
fits input/company.xml company
told $? "input/company.xml fits"
fits templates/starter/company.xml company
told $? "templates/starter/company.xml fits"

for expect in tests/bad_policies/*.expect; do
	case=${expect%.expect}
	file=$case.xml
	schema=policy
	if [ -d "$case" ]; then
		file=$case/company.xml
		schema=company
	fi
	verdict=beyond
	fits "$file" $schema || verdict=rejects
	wanted=$(sed -n 's/^schema: //p' "$expect")
	[ "$verdict" = "$wanted" ]
	told $? "$file: schema $wanted"
done

# Formulas are text to a schema; only a name that has no form of one is not.
for file in tests/bad_policies/formulas/*.xml; do
	if [ "$file" = tests/bad_policies/formulas/names-invalid.xml ]; then
		! fits "$file" policy
	else
		fits "$file" policy
	fi
	told $? "$file: a mistake in a formula"
done
echo "1..$count"
exit $status
