"use client";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import { placePath } from "@/lib/client/inspect-view";
import { Pick, Picks } from "./picks";
import type { ViewProps } from "./view-props";

/** Which database: `first` names what is shown when none is chosen. Names come from the server itself. */
export function DatabasePicker({ scope, member, place, first }: ViewProps & { first: string }) {
  const t = useT();
  const { answer } = useInspect(scope, member, "databases");
  const databases = (answer?.good?.value.databases ?? []).filter((one) => one.allowsConnections);
  return (
    <Picks label={t("postgres.database")}>
      <Pick href={placePath(scope, { ...place, database: null })} chosen={place.database === null}>
        {first}
      </Pick>
      {databases.map(({ name }) => (
        <Pick
          key={name}
          href={placePath(scope, { ...place, database: name })}
          chosen={name === place.database}
          title={name}
        >
          <span className="clip-name">{name}</span>
        </Pick>
      ))}
    </Picks>
  );
}
