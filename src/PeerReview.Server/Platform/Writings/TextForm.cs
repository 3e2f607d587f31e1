using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
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

    /// <summary>What a new one begins with where it grows from something else; empty where there is nothing of the kind.</summary>
    /// <param name="from">What it grows from, as the address names it.</param>
    public virtual Task<Form> BeginAsync(Actor actor, ReviewId review, string from, CancellationToken cancel) => Task.FromResult(Form.Empty);

    /// <summary>What a text can name as what it grew from; none of most kinds.</summary>
    public virtual Task<IReadOnlyList<ChoiceOption>> GrownFromAsync(Actor actor, ReviewId review, Texts texts, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ChoiceOption>>([]);

    /// <summary>What taking one back does, for the page that asks.</summary>
    public virtual string Withdrawal(Texts texts) => texts["commitments.withdraw.text"];

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
        .. IsLabelled
            ? [
                new("label", texts["commitments.label"]) { Shown = code => $"TLP:{code}" },
                new("language", texts["commitments.language"]) { Shown = texts.LanguageName },
            ]
            : Array.Empty<FieldToMerge>(),
    ];

    /// <summary>Whether its author chooses label and language.</summary>
    protected virtual bool IsLabelled => true;

    protected abstract T Content(Form form);

    protected abstract IEnumerable<FieldToMerge> Own(Framework framework, Texts texts);

    protected abstract IDictionary<string, StringValues> Fields(T content);
}
