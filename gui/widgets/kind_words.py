"""What each kind of thing in the window is, at three depths, where nothing nearer explains it: found by its class.

One row: names of classes; title, look and words, each English and Korean; formula. The nearest explained thing wins:
a button without words of its own is explained by the panel that it stands in.
"""

from __future__ import annotations

from functools import lru_cache

from engine.cards import Explanation
from engine.text import Text
from gui.widgets.kind_words_rooms import ROWS as ROOM_ROWS

Row = tuple[str, str, str, str, str, str, str, str]

# fmt: off
_ROWS: tuple[Row, ...] = (
    ("JobBar TrainBar DqnBar", "Job bar", "작업 막대",
     "Start, pause, one step, stop; beside them how far it is and how long it will take.", "시작, 일시 정지, 한 걸음, 정지가 있고, 옆에 진행과 남은 시간이 보여요.",
     "Pausing and stopping lose nothing: what was made so far is kept. Space pauses too.", "일시 정지하거나 정지해도 지금까지 만든 것은 남아요. 스페이스 키로도 멈춰요.", "t_left ≈ t_gone · (n − done) / done"),
    ("Lens", "Explanation", "설명", "Three depths: what to look at, what it means, how it is computed.", "볼 것, 뜻, 계산의 세 깊이예요.",
     "It follows the pointer and the keyboard. F1 or the pin keeps it.", "포인터와 키보드를 따라가요. F1이나 핀으로 붙잡아요.", "look → words → formula"),
    ("State Instead", "Nothing here yet", "아직 비어 있어요", "The buttons are the ways to fill it.", "단추로 채울 수 있어요.",
     "It says what belongs here, and what to do first.", "여기에 무엇이 올지, 먼저 무엇을 하면 되는지 알려 줘요.", "n = 0"),
    ("Segmented", "Views", "보기 고르기", "One of several; the raised one is in force.", "여럿 가운데 하나예요. 도드라진 것을 쓰고 있어요.",
     "Arrow keys move between them.", "화살표 키로 옮겨요.", "1 of n"),
    ("SliderRow Knobs", "A value to move", "움직이는 값", "Drag it; a bolt means that it acts while the job runs.", "끌어 보세요. 번개 표시가 있으면 작업 중에도 바로 먹혀요.",
     "Double click on the figure to type one, Ctrl+click on the slider for the usual value.", "숫자를 두 번 누르면 직접 쓸 수 있고, Ctrl+클릭하면 원래 값이 돼요.", "low ≤ x ≤ high"),
    ("FieldRow Form Switch", "A setting", "설정", "Name left, value right; a red edge says why it will not do.", "왼쪽이 이름, 오른쪽이 값이에요. 빨간 테두리는 쓸 수 없는 까닭을 말해 줘요.",
     "It is fixed while a job runs, so that one run has one meaning.", "작업 중에는 바꿀 수 없어요. 한 실행은 한 설정이에요.", "low ≤ x ≤ high"),
    ("StatTile Spark", "A figure", "수치", "The number with its unit; the line at the right is how it went.", "단위가 붙은 수와, 오른쪽에 지나온 모습이 보여요.",
     "Below it stands where it comes from: how many examples it was measured on.", "아래에 어디서 나온 수인지, 몇 개로 쟀는지 적혀 있어요.", "x̄ ± s,  n"),
    ("Chip", "Where it comes from", "어디서 왔는지", "Mint was measured here, sand was said on a slide, grey is an estimate.", "민트는 여기서 잰 값, 모래색은 슬라이드 값, 회색은 어림이에요.",
     "A number is worth as much as what it comes from, so each says it.", "수의 값어치는 출처에 달려 있어서, 늘 적어 둬요.", "measured | slide said | estimate"),
    ("Bars DigitReader", "Answer bars", "답 막대", "The longest bar is the answer; a second long one means doubt.", "가장 긴 막대가 답이에요. 둘째 막대도 길면 망설이는 거예요.",
     "The network gives every class a share of 100 %.", "신경망이 모든 클래스에 100 %를 나눠 줘요.", "pᵢ = exp(zᵢ) / Σ exp(zⱼ)"),
    ("FeatureMaps", "Maps", "특징 맵", "Bright where a filter found its shape.", "필터가 찾는 모양이 있는 곳이 밝아요.",
     "Early layers find edges, later ones parts and whole things.", "앞 층은 가장자리를, 뒤 층은 부분과 전체를 찾아요.", "aₖ = relu(Wₖ ∗ x + bₖ)"),
    ("DrawPad", "Drawing pad", "그림판", "Draw with the mouse; Del clears it.", "마우스로 그려요. Del 키로 지워요.",
     "Your stroke is shrunk to what the network was trained on, and read at once.", "그린 것을 신경망이 배운 크기로 줄여서 바로 읽어요.", "28 × 28, x ∈ [0, 1]"),
    ("Picture PictureStrip", "What the network sees", "신경망이 보는 그림", "Compare it with what you see.", "내가 보는 것과 견줘 보세요.",
     "The picture after it was shrunk and centred: these numbers go in, nothing else.", "줄이고 가운데로 옮긴 그림이에요. 이 숫자들만 들어가요.", "x ∈ [0, 1]^(H × W × C)"),
    ("Tiles ImageGrid ContactSheet", "Pictures to choose from", "고를 그림", "Click one; the ring marks the chosen one.", "하나를 눌러 보세요. 테두리가 고른 것이에요.",
     "Arrow keys move between them, Enter opens one.", "화살표 키로 옮기고 Enter로 열어요.", "i ∈ {1 … n}"),
    ("GameChart MetricPlot RunCurves CurveField ChartStack", "A curve", "곡선", "Follow the bright line from left to right; the faint one is the raw values.", "밝은 선을 왼쪽부터 따라가 보세요. 흐린 선은 다듬지 않은 값이에요.",
     "Drag to move, wheel to zoom, rest the pointer to read values.", "끌어서 옮기고, 휠로 확대하고, 포인터를 두면 값을 읽어요.", "ȳₜ = β · ȳₜ₋₁ + (1 − β) · yₜ"),
    ("SignalTrace SignalLook", "A signal", "신호", "Each line is one sensor; time goes to the right.", "선마다 센서 하나예요. 시간은 오른쪽으로 흘러요.",
     "Numbers measured many times a second; a network reads a window of them at once.", "1초에 여러 번 잰 수예요. 신경망은 한 구간을 한꺼번에 읽어요.", "x[t],  t = 0 … T − 1"),
    ("Swatch PhotoLegend ClassList ClassBar Legend", "Classes", "클래스", "Each class has one colour and one name, everywhere.", "클래스마다 색과 이름이 하나예요.",
     "Click a class to see only it; the bar is how many there are.", "클래스를 누르면 그것만 보여요. 막대는 개수예요.", "pᵢ = nᵢ / n"),
    ("Icon", "A sign", "표시", "The words beside it say the same.", "옆의 글이 같은 뜻이에요.",
     "It only helps the eye to find them again.", "다시 찾기 쉽게 도울 뿐이에요.", "sign = word"),
    ("Header", "Tabs and tools", "탭과 도구", "Nine tabs; at the right: find, language, theme, models, help, settings.", "탭이 아홉 개 있고, 오른쪽에 찾기, 언어, 테마, 모델, 도움말, 설정이 있어요.",
     "Ctrl+1 to Ctrl+9 go to a tab, Ctrl+K finds anything.", "Ctrl+1부터 9까지가 탭이고, Ctrl+K로 무엇이든 찾아요.", "Ctrl+1 … 9"),
    ("StatusBar", "What runs", "지금 하는 일", "The device, its memory, and the running job; click goes to it.", "장치와 메모리, 지금 도는 작업이 보여요. 누르면 그리로 가요.",
     "One line for the whole window, whichever tab is in front.", "어느 탭에 있든 창 전체에 한 줄이에요.", "used / total"),
    ("Notices", "Notice", "알림", "It stays until it is read.", "읽을 때까지 남아 있어요.",
     "What happened, and what can be done; the details can be copied.", "무슨 일이 있었고 어떻게 하면 되는지 알려 줘요. 자세한 내용을 복사할 수 있어요.", "what → why → what to do"),
    ("TourStrip", "A short tour", "짧은 안내", "The ring is round what the sentence is about.", "문장이 말하는 것에 테두리가 쳐져요.",
     "Four sentences; Ctrl+K and “tour” bring it back.", "문장 네 개예요. Ctrl+K에서 다시 볼 수 있어요.", "4"),
    ("SettingsDialog ModelsDialog Find KeysDialog DetailsDialog", "A dialog", "대화 상자", "Everything in it acts at once.", "고르면 바로 적용돼요.",
     "Esc closes it; nothing is lost.", "Esc로 닫아요. 잃는 것은 없어요.", "Esc"),
    ("RecentRuns RunRow", "Recent runs", "최근 실행", "The newest on top, with what it reached.", "맨 위가 가장 새것이고, 어디까지 갔는지 적혀 있어요.",
     "A click opens a run again: its curves, its mistakes, its weights.", "누르면 곡선과 틀린 것, 가중치까지 다시 열려요.", "accuracy = right / all"),
    ("MachineCard", "On this machine", "이 컴퓨터에 있는 것", "What came with the app, and what may be added.", "앱에 들어 있는 것과 더할 수 있는 것이에요.",
     "Everything marked bundled works without internet. Downloads are asked for, never begun by themselves.", "‘내장’은 인터넷 없이 돼요. 내려받기는 물어보고만 해요.", "bundled + downloaded"),
)
# fmt: on


@lru_cache(maxsize=1)
def kinds() -> dict[str, Explanation]:
    """Class name to what things of that class are."""
    found: dict[str, Explanation] = {}
    for names, title, title_ko, look, look_ko, said, said_ko, formula in (*_ROWS, *ROOM_ROWS):
        one = Explanation(Text(title, title_ko), Text(look, look_ko), Text(said, said_ko), formula)
        found |= dict.fromkeys(names.split(), one)
    return found


def kind_of(thing: type) -> Explanation | None:
    """What things of this class, or of the nearest class it is made from, are."""
    for made_from in thing.__mro__:
        if found := kinds().get(made_from.__name__):
            return found
    return None
