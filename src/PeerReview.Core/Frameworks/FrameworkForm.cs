using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core.Ledger;

namespace PeerReview.Core.Frameworks;

/// <summary>The canonical form of a framework: structure and English text, nothing of the file (comments, order of keys,
/// translations). Reviews pin its hash, so what is written here changes only with a new kind of form.</summary>
internal static class FrameworkForm
{
    /// <summary>SHA-256 over the canonical JSON of the form.</summary>
    public static Digest Hash(Framework framework)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, framework);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return CanonicalJson.Hash(document.RootElement);
    }

    private static void Write(Utf8JsonWriter json, Framework f)
    {
        json.WriteStartObject();
        json.WriteString("form", "framework/1");
        json.WriteString("id", f.Id);
        json.WriteNumber("version", f.Version);
        json.WriteString("title", f.Title);
        Terms(json, "scale", f.Scale);
        Terms(json, "layers", f.Layers);
        Terms(json, "levels", f.Levels);
        Terms(json, "sectors", f.Sectors);
        Terms(json, "lenses", f.Lenses);
        Terms(json, "outcomes", f.Outcomes);
        Terms(json, "action_types", f.ActionTypes);
        Terms(json, "threat_kinds", f.ThreatKinds);
        Terms(json, "urgencies", f.Urgencies);
        json.WriteStartObject("budgets");
        foreach (var (variant, budget) in f.Budgets)
        {
            json.WriteStartObject(variant);
            json.WriteNumber("items", budget.MaxItems);
            json.WriteNumber("words", budget.MaxWords);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        List(json, "parts", f.Parts, Part);
        List(json, "overlays", f.Overlays, (j, o) =>
        {
            j.WriteString("code", o.Code);
            j.WriteString("title", o.Title);
            j.WriteString("sector", o.Sector);
            Texts(j, "items", o.Items);
        });
        List(json, "crosswalks", f.Crosswalks, Crosswalk);
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, FrameworkPart part)
    {
        json.WriteString("id", part.Id);
        json.WriteString("kind", part.Kind switch { PartKind.Norm => "norm", PartKind.Pillar => "pillar" });
        json.WriteString("title", part.Title);
        json.WriteString("theme", part.Theme);
        json.WriteString("source", part.Source);
        Texts(json, "groups", part.Groups);
        List(json, "items", part.Items, (j, item) =>
        {
            j.WriteString("id", item.Id);
            j.WriteBoolean("light", item.InLightSet);
            Texts(j, "levels", item.Levels);
            j.WriteString("question", item.Question);
            j.WriteString("help", item.Help);
        });
    }

    private static void Crosswalk(Utf8JsonWriter json, Crosswalk crosswalk)
    {
        json.WriteString("code", crosswalk.Code);
        json.WriteString("kind", crosswalk.Kind);
        json.WriteString("title", crosswalk.Title);
        List(json, "entries", crosswalk.Entries, (j, entry) =>
        {
            j.WriteString("code", entry.Code);
            j.WriteString("title", entry.Title);
            Texts(j, "matches", entry.Matches);
        });
    }

    private static void Terms(Utf8JsonWriter json, string name, ImmutableArray<Term> terms) => List(json, name, terms, (j, term) =>
    {
        j.WriteString("code", term.Code);
        j.WriteString("text", term.Text);
        j.WriteString("help", term.Help);
    });

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
