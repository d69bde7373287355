// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OrderBook} from "../../src/order/OrderBook.sol";
import {TokenAmount} from "../../src/shop/ITreasury.sol";
import {Shop} from "../../src/shop/Shop.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Test} from "../support/Test.sol";

/// @notice Two money staff, a thief with the owner's key and an honest guardian act at random on one guarded shop.
contract TreasuryHandler is Test {
    OrderBook public immutable book;
    Shop public immutable shop;
    TestToken public immutable token;

    uint256 internal constant SHOP = 1;
    uint128 public constant CAP = 50e6;
    uint128 public constant LIMIT = 20e6;

    address public immutable owner = person("seller");
    address public immutable cold = person("cold");
    address public immutable thief = person("thief");
    address[] public staff;

    /// What each of the staff took on the day that `day` names.
    mapping(address => uint256) public taken;
    uint256 public day;
    /// When the thief's present proposal was made; 0: none stands.
    uint256 public proposedAt;
    /// Guards that came into force without having stood for 48 hours.
    uint256 public shortcuts;
    uint256 public earned;
    uint256 public applied;

    constructor(OrderBook book_, Shop shop_, TestToken token_) {
        (book, shop, token) = (book_, shop_, token_);
        staff = [person("first cashier"), person("second cashier")];
    }

    function earn(uint32 amount) external {
        token.mint(address(this), amount);
        token.approve(address(book), amount);
        book.deposit(address(uint160(SHOP)), address(token), amount);
        earned += amount;
    }

    function withdraw(uint256 who, uint32 amount) external {
        address actor = _actor(who);
        vm.prank(actor);
        try book.withdrawShop(SHOP, address(token), amount) {
            if (actor != owner) taken[actor] += amount;
        } catch {}
    }

    function sweep() external {
        book.sweep(SHOP, address(token));
    }

    function propose(uint8 kind, uint128 cap) external {
        vm.prank(owner);
        shop.setGuard(SHOP, kind % 2 == 0 ? address(0) : thief, _caps(cap));
        proposedAt = block.timestamp;
    }

    function applyGuard(uint8 kind, uint128 cap) external {
        (address before,) = shop.guardOf(SHOP);
        try shop.applyGuard(SHOP, kind % 2 == 0 ? address(0) : thief, _caps(cap)) {
            if (proposedAt == 0 || block.timestamp < proposedAt + 48 hours || before != cold) ++shortcuts;
            ++applied;
        } catch {}
    }

    /// The guardian looks in at least every two days, which the clock of {pass} makes sure of.
    function veto() external {
        _veto();
    }

    function steal(uint8 way) external {
        bytes[4] memory ways = [
            abi.encodeCall(shop.setPayout, (SHOP, thief)),
            abi.encodeCall(shop.approve, (thief, SHOP)),
            abi.encodeCall(shop.setApprovalForAll, (thief, true)),
            abi.encodeCall(shop.transferFrom, (owner, thief, SHOP))
        ];
        vm.prank(owner);
        (bool done,) = address(shop).call(ways[way % 4]);
        vm.prank(thief);
        (bool moved,) = address(shop).call(abi.encodeCall(shop.transferFrom, (owner, thief, SHOP)));
        if (moved || (done && way % 4 != 2)) ++shortcuts;
    }

    function reappoint(uint256 who, uint8 roles) external {
        vm.startPrank(owner);
        shop.setStaff(SHOP, staff[who % 2], roles);
        shop.setStaff(SHOP, staff[who % 2], 8);
        TokenAmount[] memory limits = new TokenAmount[](1);
        limits[0] = TokenAmount(address(token), LIMIT);
        shop.setLimits(SHOP, staff[who % 2], limits);
        vm.stopPrank();
    }

    function pass(uint32 time) external {
        uint256 later = block.timestamp + bound(time, 1, 20 hours);
        if (proposedAt != 0 && later >= proposedAt + 48 hours) _veto();
        vm.warp(later);
        if (later / 1 days == day) return;
        day = later / 1 days;
        (taken[staff[0]], taken[staff[1]]) = (0, 0);
    }

    function _veto() private {
        vm.prank(cold);
        try shop.vetoGuard(SHOP) {} catch {}
        proposedAt = 0;
    }

    function _actor(uint256 who) private view returns (address) {
        return who % 3 == 2 ? owner : staff[who % 3];
    }

    function _caps(uint128 cap) private view returns (TokenAmount[] memory caps) {
        caps = new TokenAmount[](1);
        // Few values, so that what is applied is sometimes what was proposed.
        caps[0] = TokenAmount(address(token), cap % 2);
    }
}
