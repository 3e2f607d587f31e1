using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Drafting;

/// <summary>The list that ships, in the six languages.</summary>
public sealed class WordingListTests
{
    private static readonly WordingGuard Guard = WordingFile.Load(ProgramFiles.Wording, ProgramFiles.Peoples, TestTexts.States);

    [Theory]
    [InlineData("The attack on the registry came from Portugal.")]
    [InlineData("An espionage operation by North Korea was stopped.")]
    [InlineData("A state-sponsored group was behind the outage.")]
    [InlineData("L’attaque provenait du Portugal.")]
    [InlineData("L’incident est attribuable à un voisin.")]
    [InlineData("El ciberataque procedía de Portugal.")]
    [InlineData("Кибератаки велись с территории Португалии.")]
    [InlineData("Взлом совершен по указанию Российской Федерации.")]
    [InlineData("شُن الهجوم من البرتغال.")]
    [InlineData("وقع الاختراق للبرتغال صلة به.")]
    [InlineData("攻击来自葡萄牙。")]
    [InlineData("该事件归咎于一个邻国。")]
    [InlineData("Traces of APT41 were found.")]
    [InlineData("North Korean hackers stole data in May.")]
    [InlineData("The Danish attack of May hit the registry.")]
    [InlineData("Danes hacked the registry.")]
    [InlineData("Les attaques danoises ont touché le registre.")]
    [InlineData("Los ataques daneses afectaron al registro.")]
    [InlineData("Датские хакеры взломали реестр.")]
    [InlineData("نفذ الهجوم قراصنة من الدنماركيين.")]
    [InlineData("La Chine a attaqué le réseau.")]
    [InlineData("Portugal atacó la red.")]
    [InlineData("The neighbour to the north is behind the outage.")]
    public void Blame_is_flagged(string sentence) => Assert.Single(Guard.Flags(sentence, "KEN"));

    [Theory]
    [InlineData("Kenya and Portugal exchange experts and train together.")]
    [InlineData("The national centre repelled an attack in May and told those concerned.")]
    [InlineData("Le Kenya et le Portugal organisent ensemble des exercices.")]
    [InlineData("El equipo nacional coopera con los equipos de la región.")]
    [InlineData("Кения и Португалия проводят совместные учения.")]
    [InlineData("تتعاون كينيا مع البرتغال في بناء القدرات.")]
    [InlineData("肯尼亚与葡萄牙合作开展能力建设。")]
    [InlineData("A Danish and a French expert train the national team.")]
    [InlineData("Kenyan operators repelled an attack in May.")]
    [InlineData("Points of contact in other States were told within a day.")]
    public void Ordinary_words_about_cooperation_are_not(string sentence) => Assert.Empty(Guard.Flags(sentence, "KEN"));

    [Fact]
    public void How_its_people_are_called_is_known_of_every_State_in_the_five_languages_that_inflect()
    {
        var lines = File.ReadAllLines(ProgramFiles.Peoples).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal(TestTexts.States.Codes.Order(StringComparer.Ordinal), lines.Select(cells => cells[0]).Order(StringComparer.Ordinal));
        Assert.All(lines, cells => Assert.Equal((6, true), (cells.Length, cells.All(cell => cell.Trim() == cell && cell.Length > 0))));
    }

    [Fact]
    public void No_State_is_found_in_its_own_attack_under_its_own_name_in_any_language()
    {
        var incident = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["en"] = "An attack hit {0}",
            ["fr"] = "Une attaque : {0}",
            ["es"] = "Un ataque: {0}",
            ["ru"] = "Атака: {0}",
            ["ar"] = "هجوم على {0}",
            ["zh"] = "{0}遭到攻击",
        };
        var wrong = from state in TestTexts.States.Codes
                    from language in incident
                    let sentence = string.Format(System.Globalization.CultureInfo.InvariantCulture, language.Value, TestTexts.States.Of(state, language.Key))
                    where !Guard.Flags(sentence, state).IsEmpty
                    select $"{state} {sentence}";

        Assert.Empty(wrong);
    }
}
