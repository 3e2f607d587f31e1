using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>A text as the fields of its page.</summary>
public abstract class TextForm<T>
    where T : class
{
    /// <summary>What somebody typed.</summary>
    public TextRequest<T> Read(Form form) =>
        new(Content(form), form.Text("label"), form.Text("language"), form.Number("version"));

    /// <summary>What is stored, as if somebody had typed it.</summary>
    public Form Write(T content, Writing text)
    {
        var fields = Fields(content);
        fields["label"] = text.Label;
        fields["language"] = text.Language;
        fields["version"] = text.Version.ToString(CultureInfo.InvariantCulture);
        return new Form(new FormCollection(new Dictionary<string, StringValues>(fields, StringComparer.Ordinal)));
    }

    /// <summary>The fields two people may have changed, in the order of the form.</summary>
    public IEnumerable<FieldToMerge> ToMerge(Framework framework, Texts texts) =>
    [
        .. Own(framework, texts),
        new("label", texts["commitments.label"]) { Shown = code => $"TLP:{code}" },
        new("language", texts["commitments.language"]) { Shown = texts.LanguageName },
    ];

    protected abstract T Content(Form form);

    protected abstract IEnumerable<FieldToMerge> Own(Framework framework, Texts texts);

    protected abstract IDictionary<string, StringValues> Fields(T content);

    protected static FieldToMerge Text(string name, string label) => new(name, label) { IsText = true };

    protected static FieldToMerge Term(string name, string label, IEnumerable<Term> terms, bool multiple = false) => new(name, label)
    {
        Multiple = multiple,
        Shown = code => terms.FirstOrDefault(term => term.Code == code)?.Text ?? code,
    };

    protected static string? Code(string text) => text.Length == 0 ? null : text;
}
