"""What F1 says in the Live tab."""

from __future__ import annotations

from engine.cards import Explanation
from engine.live.overlays import Kind
from engine.text import Text

SOURCE = Explanation(
    Text("Source", "입력 (source)"),
    Text("Choose where pictures come from, then press Start.", "사진이 어디서 오는지 고르고 시작을 눌러 보세요."),
    Text(
        "A camera goes on while the network thinks. The newest picture wins and the others are dropped, so you never see "
        "the past.",
        "신경망이 계산하는 동안에도 카메라는 계속 찍어요. 가장 새 사진만 쓰고 나머지는 버려서 늘 지금을 보여 줘요.",
    ),
    "age = now − taken",
)
STAGE = Explanation(
    Text("The picture", "화면"),
    Text("Click an object; its details appear at the right.", "물체를 눌러 보세요. 자세한 내용이 오른쪽에 나와요."),
    Text(
        "Boxes lie on the picture in which they were found, never on a newer one. Arrow keys go from object to object.",
        "상자는 그것을 찾은 바로 그 사진 위에 그려요. 화살표 키로 물체를 하나씩 옮겨 갈 수 있어요.",
    ),
    "",
)
OVERLAYS: dict[Kind, Explanation] = {
    Kind.CLASSIFY: Explanation(
        Text("Classify", "분류 (classification)"),
        Text("Hold one thing close to the camera.", "물건 하나를 카메라 가까이 들어 보세요."),
        Text(
            "One name for the whole picture: a probability for each of 1,000 classes, the five likeliest are shown.",
            "사진 전체에 이름 하나를 붙여요. 1,000개 클래스의 확률 가운데 가장 높은 다섯을 보여 줘요.",
        ),
        "p = softmax(W · f(x) + b)",
    ),
    Kind.DETECT: Explanation(
        Text("Detect", "검출 (detection)"),
        Text("Count the boxes round one thing while you lower the score.", "점수를 낮추면서 상자 수를 세어 보세요."),
        Text(
            "A box and a name for each object. Many boxes are proposed; suppression keeps the best of those that overlap.",
            "물체마다 상자와 이름을 붙여요. 상자를 많이 제안하고, 겹치는 것 가운데 가장 좋은 것만 남겨요.",
        ),
        "IoU = |A ∩ B| / |A ∪ B|",
    ),
    Kind.SEGMENT: Explanation(
        Text("Segmentation", "분할 (segmentation)"),
        Text("Look along the edges: that is where it is unsure.", "경계를 살펴보세요. 거기서 가장 자주 틀려요."),
        Text(
            "Every pixel gets a name. A classifier gives one name to the whole picture.",
            "픽셀마다 이름을 붙여요. 분류기는 사진 전체에 이름 하나만 붙여요.",
        ),
        "yᵢⱼ = argmaxₖ zₖᵢⱼ",
    ),
    Kind.KEYPOINTS: Explanation(
        Text("Body points", "몸의 점 (keypoints)"),
        Text("Lift an arm, and see which points follow.", "팔을 들어 보고 어떤 점이 따라오는지 보세요."),
        Text(
            "For each person 17 places, each the peak of a small heat map.",
            "사람마다 17개 점을 찾아요. 점은 작은 열지도에서 가장 높은 곳이에요.",
        ),
        "(x, y) = argmax Hₖ",
    ),
    Kind.FACES: Explanation(
        Text("Faces and privacy", "얼굴과 사생활"),
        Text("Turn your head away: the cover stays.", "고개를 돌려 보세요. 가림은 그대로 남아요."),
        Text(
            "A face once seen stays covered until it leaves by the border. When it is lost, more is covered, and why is said.",
            "한 번 본 얼굴은 화면 밖으로 나갈 때까지 가려요. 놓치면 더 넓게 가리고 까닭을 알려 줘요.",
        ),
        "",
    ),
    Kind.DIGITS: Explanation(
        Text("Digits on paper", "종이 위의 숫자"),
        Text(
            "Write large digits with a thick pen, with room between them.", "굵은 펜으로 크게, 사이를 띄워 써 보세요."
        ),
        Text(
            "Strokes are found by their contrast, each is cut out, centred as MNIST was, and read by the digit network.",
            "획을 밝기 차이로 찾고, 하나씩 잘라 MNIST처럼 가운데에 놓은 다음 숫자 신경망이 읽어요.",
        ),
        "",
    ),
    Kind.STYLE: Explanation(
        Text("Style", "화풍 (style transfer)"),
        Text("Move your hand: the strokes follow it.", "손을 움직여 보세요. 붓질이 따라와요."),
        Text(
            "One pass of a network repaints the whole picture. Other overlays see the picture before it is painted.",
            "신경망을 한 번 거쳐 화면 전체를 다시 그려요. 다른 오버레이는 그리기 전의 사진을 봐요.",
        ),
        "y = f(x, γₛ, βₛ)",
    ),
}
STYLE = OVERLAYS[Kind.STYLE]
SCORE = Explanation(
    Text("Score", "점수 (score)"),
    Text("Lower it until wrong boxes appear.", "틀린 상자가 나올 때까지 낮춰 보세요."),
    Text(
        "Only boxes that the network is at least this sure of are shown. Low finds more and errs more.",
        "신경망이 이만큼 확신하는 상자만 보여 줘요. 낮추면 더 많이 찾고 더 많이 틀려요.",
    ),
    "show if p ≥ score",
)
NMS = Explanation(
    Text("Overlap allowed", "허용 겹침 (NMS)"),
    Text("Raise it: one thing gets several boxes.", "올려 보세요. 한 물체에 상자가 여러 개 생겨요."),
    Text(
        "Of two boxes of one class that overlap more than this, only the better stays.",
        "같은 클래스의 상자 둘이 이보다 많이 겹치면 더 좋은 하나만 남겨요.",
    ),
    "drop B if IoU(A, B) > t",
)
OPACITY = Explanation(
    Text("Opacity", "불투명도"),
    Text("At 0 only the picture remains.", "0이면 사진만 남아요."),
    Text("How strongly areas cover the picture; edges stay.", "영역의 색이 사진을 얼마나 덮는지 정해요."),
    "(1 − a) · picture + a · colour",
)
TRACKING = Explanation(
    Text("Tracking", "추적 (tracking)"),
    Text("Let two people cross and see who keeps which number.", "두 사람이 엇갈릴 때 번호가 유지되는지 보세요."),
    Text(
        "A box that lies where one was in the last picture gets the same number.",
        "앞 사진의 상자와 거의 같은 곳에 있으면 같은 번호를 받아요.",
    ),
    "",
)
CLASSES = Explanation(
    Text("Only these classes", "이 클래스만"),
    Text("Click a class at the right, or write its name here.", "오른쪽에서 클래스를 누르거나 이름을 써 보세요."),
    Text("Everything else is still computed, but not shown.", "나머지도 계산은 하지만 보여 주지 않아요."),
    "",
)
COVER = Explanation(
    Text("Cover faces with", "얼굴 가리기"),
    Text("Solid hides most; blur looks best.", "단색이 가장 확실하고, 흐리게가 가장 자연스러워요."),
    Text(
        "The cover is put into the picture before it is shown, saved or recorded.",
        "화면에 보이거나 저장하거나 녹화하기 전에 사진 자체를 가려요.",
    ),
    "",
)
FAIL_SECURE = Explanation(
    Text("Stay covered when a face is lost", "얼굴을 놓쳐도 계속 가리기"),
    Text("Turn away quickly: a larger part is covered.", "빠르게 돌아서 보세요. 더 넓게 가려요."),
    Text(
        "When nobody knows where a face went, its neighbourhood and then the whole picture is covered.",
        "얼굴이 어디로 갔는지 모르면 그 둘레를, 그다음에는 화면 전체를 가려요.",
    ),
    "",
)
MIRROR = Explanation(
    Text("As in a mirror", "거울처럼"),
    Text("Raise your right hand.", "오른손을 들어 보세요."),
    Text("The picture is turned left to right before anything sees it.", "신경망이 보기 전에 사진의 좌우를 바꿔요."),
    "x ← width − 1 − x",
)
DAMAGE: dict[str, Explanation] = {
    "noise": Explanation(
        Text("Noise", "노이즈 (noise)"),
        Text("Raise it slowly and watch the first bar.", "천천히 올리면서 첫 번째 막대를 보세요."),
        Text(
            "The lecture says that a little noise hardly changes the answer. Here you find how much is a little.",
            "강의에서는 노이즈가 조금 있어도 답이 거의 같다고 해요. ‘조금’이 얼마인지 찾아보세요.",
        ),
        "x ← x + N(0, σ²)",
    ),
    "blur": Explanation(
        Text("Blur", "흐림 (blur)"),
        Text("See which classes go first.", "어떤 클래스가 먼저 사라지는지 보세요."),
        Text("Fine textures go, large shapes stay.", "작은 무늬는 사라지고 큰 모양은 남아요."),
        "x ← G(σ) ∗ x",
    ),
    "rotation": Explanation(
        Text("Rotation", "회전 (rotation)"),
        Text("Turn it by 90°: does the answer hold?", "90° 돌려 보세요. 답이 그대로인가요?"),
        Text(
            "A convolution does not mind where a thing is, but which way up it is matters.",
            "합성곱은 물체의 자리는 상관하지 않지만 방향은 상관해요.",
        ),
        "",
    ),
    "brightness": Explanation(
        Text("Brightness", "밝기 (brightness)"),
        Text("Make it as dark as night.", "밤처럼 어둡게 해 보세요."),
        Text(
            "Every value is multiplied; what is above white is cut off.", "모든 값에 곱해요. 흰색을 넘는 값은 잘려요."
        ),
        "x ← min(255, b · x)",
    ),
    "bits": Explanation(
        Text("Bits per channel", "채널당 비트"),
        Text("Go down to 1: eight colours are left.", "1까지 내려 보세요. 여덟 가지 색만 남아요."),
        Text("A network needs fewer bits than an eye.", "신경망은 눈보다 적은 비트로도 알아봐요."),
        "x ← ⌊x / 2⁸⁻ᵏ⌋ · 2⁸⁻ᵏ",
    ),
    "jpeg": Explanation(
        Text("JPEG quality", "JPEG 품질"),
        Text("Below 10 blocks appear.", "10보다 낮추면 네모 조각이 보여요."),
        Text(
            "The picture is squeezed and unpacked again; 100 leaves it as it is.",
            "사진을 압축했다가 다시 풀어요. 100이면 그대로예요.",
        ),
        "",
    ),
}
ANSWER = Explanation(
    Text("The network says", "신경망의 답"),
    Text("A flat row of bars means: not sure.", "막대가 고르게 낮으면 잘 모른다는 뜻이에요."),
    Text(
        "Five of 1,000 classes. They change places at most once a second, so that they can be read.",
        "1,000개 클래스 가운데 다섯이에요. 읽을 수 있게 순서는 1초에 한 번까지만 바꿔요.",
    ),
    "pᵢ = exp(zᵢ) / Σⱼ exp(zⱼ)",
)
LEGEND = Explanation(
    Text("What is in the picture", "화면에 있는 것"),
    Text("Click a class to see it alone.", "클래스를 누르면 그것만 보여요."),
    Text("Areas as shares of the pixels, objects as numbers.", "영역은 픽셀의 비율로, 물체는 개수로 보여 줘요."),
    "",
)
DETAILS = Explanation(
    Text("The clicked object", "고른 물체"),
    Text("Follow it: does its number stay?", "따라가 보세요. 번호가 그대로인가요?"),
    Text("How sure, how large, and since how many pictures.", "얼마나 확신하는지, 얼마나 큰지 보여 줘요."),
    "",
)
BUDGET = Explanation(
    Text("Where the time goes", "시간이 드는 곳"),
    Text("The mint part is the network.", "민트색 부분이 신경망이에요."),
    Text(
        "Milliseconds for one picture: reading it, preparing it, the networks, drawing. Reading runs beside the rest.",
        "사진 한 장에 드는 밀리초예요. 읽기, 준비, 신경망, 그리기. 읽기는 나머지와 나란히 진행돼요.",
    ),
    "",
)
SPEED = Explanation(
    Text("Speed", "속도"),
    Text("Turn on another overlay and watch it fall.", "다른 오버레이를 켜고 떨어지는 것을 보세요."),
    Text(
        "Pictures seen each second. Those that came while the network was busy are dropped, and counted.",
        "1초에 본 사진 수예요. 신경망이 바쁠 때 온 사진은 버리고 수를 세요.",
    ),
    "",
)
RECORD = Explanation(
    Text("Record", "녹화"),
    Text("Press R, and again to end.", "R을 눌러 시작하고, 다시 눌러 끝내요."),
    Text(
        "Writes the video as it looks now, and beside it all results as JSON lines, CSV and COCO.",
        "지금 보이는 그대로 영상을 만들고, 그 옆에 모든 결과를 JSONL, CSV, COCO로 적어요.",
    ),
    "",
)
SNAPSHOT = Explanation(
    Text("Snapshot", "사진 저장"),
    Text("Press S.", "S를 눌러 보세요."),
    Text(
        "Saves this picture twice: as it looks, and without anything over it. Covered faces stay covered in both.",
        "지금 사진을 두 장으로 저장해요. 보이는 그대로와 아무것도 얹지 않은 것. 가린 얼굴은 둘 다 가려져 있어요.",
    ),
    "",
)
VIEWS = Explanation(
    Text("Ways to look", "보는 방법"),
    Text("Watch first; then open the net.", "먼저 지켜보고, 그다음 신경망을 열어 보세요."),
    Text("Every view works on the picture of the same source.", "모든 보기가 같은 입력의 사진을 써요."),
    "",
)
STOP = Explanation(
    Text("Stop", "정지"),
    Text("The camera light goes out.", "카메라 불이 꺼져요."),
    Text(
        "The source is closed and nothing is computed. Going to another tab does the same until you come back.",
        "입력을 닫고 계산도 멈춰요. 다른 탭으로 가면 돌아올 때까지 저절로 그렇게 돼요.",
    ),
    "",
)
NOISE_CURVE = Explanation(
    Text("How much noise it stands", "노이즈를 얼마나 버티는지"),
    Text("Show it something clear, and press.", "또렷한 것을 비추고 눌러 보세요."),
    Text(
        "The picture is made noisier step by step, three times each, and the 1,000-class network asked again. Small noise "
        "hardly changes the answer; then it breaks.",
        "사진에 노이즈를 조금씩 더하며 단계마다 세 번씩 1,000가지 이름 신경망에 다시 물어요. 작은 노이즈는 답을 거의 바꾸지 못하다가 어느 순간 무너져요.",
    ),
    "x + N(0, σ²)",
)
SPLIT = Explanation(
    Text("Two networks side by side", "신경망 두 개를 나란히"),
    Text(
        "Switch on two that answer the same question: two segmenters, or a segmenter and a detector.",
        "같은 물음에 답하는 둘을 켜 보세요. 분할기 두 개, 또는 분할기와 검출기.",
    ),
    Text(
        "Both see the same frames. The upper one in the list is at the left, the others at the right, each with its own "
        "milliseconds. A recording is twice as wide.",
        "둘 다 같은 프레임을 봐요. 목록에서 위의 것이 왼쪽, 나머지가 오른쪽이고, 걸린 시간이 따로 나와요. 녹화는 두 배로 넓어져요.",
    ),
    "",
)
OWN = Explanation(
    Text("A YOLO file of your own", "내 YOLO 파일"),
    Text(
        "Choose an ONNX file that was exported from YOLO v5 or v8.", "YOLO v5나 v8에서 내보낸 ONNX 파일을 골라 보세요."
    ),
    Text(
        "Its outputs are read, never run as a program; a file of another form is refused in one sentence.",
        "출력만 읽고 프로그램으로 실행하지 않아요. 다른 형식이면 한 문장으로 알려 줘요.",
    ),
    "",
)
